import { X509Certificate } from "node:crypto";
import { decodeProtectedHeader, importX509, jwtVerify } from "jose";
import { realClock } from "../clock.ts";
import type { AppRegistration } from "../world/app-registration.ts";
import type { IdentityContext } from "./identity-context.ts";
import type { TokenErrorCode } from "./token-error.ts";

export type ClientVerdict =
  | { kind: "authenticated"; app: AppRegistration }
  | { kind: "refused"; code: TokenErrorCode; text: string };

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Checks client_secret or client_assertion against the registrations of the world. */
export async function authenticateClient(
  context: IdentityContext,
  form: URLSearchParams,
  tenantSegment: string,
): Promise<ClientVerdict> {
  const { world } = context;
  const clientId = form.get("client_id") ?? "";
  const app = [world.defenderApp, world.botApp].find((registered) => registered.appId === clientId);
  if (app === undefined) {
    const text = `Application with identifier '${clientId}' was not found in the directory.`;
    return { kind: "refused", code: 700016, text };
  }
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    const right = form.get("client_assertion_type") === assertionType;
    if (right && (await signedByApp(context, app, assertion, tenantSegment))) return { kind: "authenticated", app };
    return { kind: "refused", code: 700027, text: "Client assertion failed signature validation." };
  }
  const secret = form.get("client_secret");
  if (secret === null) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    return { kind: "refused", code: 7000218, text };
  }
  const known = app.secrets.find(({ value }) => value === secret);
  if (known === undefined) {
    const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
    return { kind: "refused", code: 7000215, text };
  }
  if (known.expires !== undefined && known.expires <= world.clock.now()) {
    const text = `The provided client secret keys for app '${clientId}' are expired.`;
    return { kind: "refused", code: 7000222, text };
  }
  return { kind: "authenticated", app };
}

/** The thumbprint must name a registered certificate; audience is the token endpoint, here or at Microsoft. */
async function signedByApp(
  context: IdentityContext,
  app: AppRegistration,
  assertion: string,
  tenantSegment: string,
): Promise<boolean> {
  try {
    const header = decodeProtectedHeader(assertion);
    const wanted = header["x5t#S256"] ?? header.x5t;
    const pem = app.certificates.find((certificate) => thumbprints(certificate).includes(String(wanted)));
    if (pem === undefined || (header.alg !== "RS256" && header.alg !== "PS256")) return false;
    const tail = `/${tenantSegment}/oauth2/v2.0/token`;
    await jwtVerify(assertion, await importX509(pem, header.alg), {
      issuer: app.appId,
      subject: app.appId,
      audience: [`${context.origin()}${tail}`, `https://login.microsoftonline.com${tail}`],
      // msal-node stamps assertions by the machine's clock, rounded up at times; Entra allows five minutes.
      currentDate: realClock.now(),
      clockTolerance: 300,
      requiredClaims: ["exp"],
    });
    return true;
  } catch {
    return false;
  }
}

function thumbprints(pem: string): string[] {
  const certificate = new X509Certificate(pem);
  return [certificate.fingerprint256, certificate.fingerprint].map((hex) =>
    Buffer.from(hex.replaceAll(":", ""), "hex").toString("base64url"),
  );
}
