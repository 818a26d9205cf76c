import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** Text that shows itself on purpose only; services/config's Secret is one. */
interface Revealable {
  reveal(): string;
}

type AppCredential =
  | { readonly kind: "secret"; readonly secret: Revealable }
  /** PEM text with one certificate (the first counts) and its unencrypted private key. */
  | { readonly kind: "certificate"; readonly pem: Revealable };

/** One of our app registrations in Entra: who we are towards Microsoft. */
export interface AppRegistration {
  readonly appId: string;
  readonly credential: AppCredential;
}

interface CertificateParts {
  readonly thumbprintSha256: string;
  readonly key: KeyObject;
}

/** The parts of a certificate credential; throws where the PEM holds no certificate or no key. */
export function certificateParts(pem: Revealable): CertificateParts {
  const text = pem.reveal();
  return {
    thumbprintSha256: new X509Certificate(text).fingerprint256.replaceAll(":", ""),
    key: createPrivateKey(text),
  };
}
