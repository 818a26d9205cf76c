import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Activity, JsonObject } from "./teams-types.ts";

const ISSUER = "https://api.botframework.com";
const HOUR_SECONDS = 3600;
const KEY_ID = "sandbox-bot-framework-1";

/** How an attack differs from a token that the Bot Framework would issue. */
export interface TokenOverrides {
  /** `foreign` signs with a key that the JWKS does not hold, under the known key id. */
  key?: "sandbox" | "foreign";
  keyId?: string;
  algorithm?: "RS256" | "none" | "HS256";
  /** Replaces claims; null leaves the claim out. `exp` and `nbf` are seconds since 1970. */
  claims?: { [claim: string]: string | number | null };
}

export interface BotTokens {
  issuer: string;
  jwks: { keys: JsonObject[] };
  metadata(jwksUri: string): JsonObject;
  /** An Authorization header value for the activity; one token serves for about an hour, as in the Bot Framework. */
  authorize(activity: Activity, overrides?: TokenOverrides): Promise<string>;
}

/** Makes the Bot Framework's signing side with keys of its own. */
export async function createBotTokens(options: { clock: { now(): Date }; botAppId: string }): Promise<BotTokens> {
  const own = await generateKeyPair("RS256", { extractable: true });
  const publicKey = await exportJWK(own.publicKey);
  const cached = new Map<string, { header: string; notBefore: number; renewAt: number }>();

  function times(): { earliest: number; latest: number } {
    const real = Math.floor(Date.now() / 1000);
    const moved = Math.floor(options.clock.now().getTime() / 1000);
    return { earliest: Math.min(real, moved), latest: Math.max(real, moved) };
  }

  async function issue(serviceUrl: string, overrides: TokenOverrides): Promise<string> {
    const { earliest, latest } = times();
    const claims: JsonObject = {
      iss: ISSUER,
      aud: options.botAppId,
      nbf: earliest,
      exp: latest + HOUR_SECONDS,
      serviceurl: serviceUrl,
    };
    for (const [claim, value] of Object.entries(overrides.claims ?? {})) {
      if (value === null) delete claims[claim];
      else claims[claim] = value;
    }
    const algorithm = overrides.algorithm ?? "RS256";
    const header = { alg: algorithm, kid: overrides.keyId ?? KEY_ID, typ: "JWT" };
    if (algorithm === "none") return `Bearer ${encode(header)}.${encode(claims)}.`;
    const signing = new SignJWT(claims).setProtectedHeader(header);
    if (algorithm === "HS256") {
      return `Bearer ${await signing.sign(new TextEncoder().encode(JSON.stringify(publicKey)))}`;
    }
    const pair = overrides.key === "foreign" ? await generateKeyPair("RS256") : own;
    return `Bearer ${await signing.sign(pair.privateKey)}`;
  }

  async function authorize(activity: Activity, overrides?: TokenOverrides): Promise<string> {
    const serviceUrl = activity.serviceUrl ?? "";
    if (overrides !== undefined) return issue(serviceUrl, overrides);
    const { earliest, latest } = times();
    const known = cached.get(serviceUrl);
    if (known !== undefined && latest < known.renewAt && earliest >= known.notBefore) return known.header;
    const header = await issue(serviceUrl, {});
    cached.set(serviceUrl, { header, notBefore: earliest, renewAt: latest + HOUR_SECONDS - 300 });
    return header;
  }

  return {
    issuer: ISSUER,
    jwks: { keys: [{ ...publicKey, use: "sig", kid: KEY_ID, x5t: KEY_ID, endorsements: ["msteams"] }] },
    metadata: (jwksUri) => ({
      issuer: ISSUER,
      authorization_endpoint: "https://invalid.botframework.com",
      jwks_uri: jwksUri,
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
    }),
    authorize,
  };
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
