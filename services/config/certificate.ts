import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Instant } from "../domain/instant.ts";

type CertificateReading =
  | { readonly kind: "certificate"; readonly expiresAt: Instant }
  | { readonly kind: "problem"; readonly sentence: string };

/** Reads when the certificate in a PEM text ends, and whether the private key beside it is its own. */
export function readCertificate(pem: string): CertificateReading {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkPrivateKey(createPrivateKey(pem))) {
      return { kind: "problem", sentence: "holds a private key of another certificate; put the matching pair into it" };
    }
    return { kind: "certificate", expiresAt: certificate.validToDate.toISOString() };
  } catch {
    return {
      kind: "problem",
      sentence: "holds no PEM certificate with its unencrypted private key; put both into one file",
    };
  }
}
