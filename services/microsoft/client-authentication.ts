import { SignJWT } from "jose";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import { type AppRegistration, certificateParts } from "./app-registration.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ASSERTION_SECONDS = 300;

/**
 * The form fields by which the app proves itself at the token endpoint: its secret, or an assertion signed with its
 * certificate (https://learn.microsoft.com/entra/identity-platform/certificate-credentials). `audience` is the token
 * endpoint under Microsoft's own name.
 */
export async function clientAuthentication(
  deps: { clock: Clock; randomness: Randomness },
  input: { registration: AppRegistration; audience: string },
): Promise<Record<string, string>> {
  const { appId, credential } = input.registration;
  if (credential.kind === "secret") return { client_id: appId, client_secret: credential.secret.reveal() };
  const { thumbprintSha256, key } = certificateParts(credential.pem);
  const issuedAt = Math.floor(Date.parse(deps.clock.now()) / 1000);
  const assertion = await new SignJWT({ nbf: issuedAt })
    .setProtectedHeader({
      alg: "PS256",
      typ: "JWT",
      "x5t#S256": Buffer.from(thumbprintSha256, "hex").toString("base64url"),
    })
    .setIssuer(appId)
    .setSubject(appId)
    .setAudience(input.audience)
    .setJti(deps.randomness.id())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .sign(key);
  return { client_id: appId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
}
