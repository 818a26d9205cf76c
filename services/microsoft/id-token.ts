import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { Breakdown } from "../domain/breakdown.ts";
import type { Clock } from "../ports/clock.ts";
import type { SignInResult } from "../ports/sign-in.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { CONSUMER_TENANT, discoverKeys, isGuid } from "./openid-discovery.ts";
import { tokenBreakdown } from "./token-breakdown.ts";

const SKEW_SECONDS = 60;

const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const claimsSchema = z.object({
  oid: z.string().refine(isGuid),
  nonce: z.string(),
  iss: z.string(),
  idp: z.string().nullish(),
  preferred_username: z.string().nullish().catch(null),
  wids: z.array(z.string()).nullish(),
});

/**
 * Who an id token speaks of, once signature, issuer (the tenant of its own `tid`), audience, nonce and expiry hold.
 * Anything wrong with the token is `refused` with a word for operators; throws Breakdown where Microsoft's keys cannot
 * be had. Source: microsoft.md 2.3.
 */
export async function verifyIdToken(
  deps: { http: MicrosoftHttp; endpoints: CloudEndpoints; clock: Clock },
  input: { idToken: string; appId: string; nonce: string },
): Promise<SignInResult> {
  const { endpoints, clock } = deps;
  const tenantId = tenantOf(input.idToken);
  if (tenantId === null) return refused("no tenant in the token");
  if (tenantId === CONSUMER_TENANT) return refused("a personal Microsoft account");
  const keys = createLocalJWKSet(await keysOf(deps, tenantId));
  let payload: JWTPayload;
  try {
    const verified = await jwtVerify(input.idToken, keys, {
      algorithms: ["RS256"],
      issuer: `${endpoints.login}/${tenantId}/v2.0`,
      audience: input.appId,
      requiredClaims: ["exp", "iat"],
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(clock.now()),
    });
    payload = verified.payload;
  } catch (error) {
    return refused(error instanceof errors.JOSEError ? error.code : "token not verifiable");
  }
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return refused("claims missing");
  if (claims.data.nonce !== input.nonce) return refused("nonce of another sign-in");
  const { oid, iss, idp, preferred_username, wids } = claims.data;
  return {
    kind: "signedIn",
    who: {
      tenantId,
      objectId: oid.toLowerCase(),
      signInName: preferred_username ?? null,
      guest: idp !== null && idp !== undefined && idp !== iss,
      directoryRoles: wids ?? null,
    },
  };
}

/** Read before verification only to know whose keys to ask for: the issuer check then holds the token to it. */
function tenantOf(idToken: string): string | null {
  try {
    const { tid } = decodeJwt(idToken);
    return typeof tid === "string" && isGuid(tid) ? tid.toLowerCase() : null;
  } catch {
    return null;
  }
}

async function keysOf(deps: { http: MicrosoftHttp; endpoints: CloudEndpoints }, tenantId: string) {
  const url = await discoverKeys(deps, tenantId);
  const answer = await deps.http.send({ service: "Microsoft sign-in", method: "GET", url });
  if (answer.status !== 200) throw tokenBreakdown(answer);
  const keys = keysSchema.safeParse(answer.body);
  if (keys.success) return keys.data;
  throw new Breakdown("unreadable-answer", "Microsoft sign-in gave no keys.", { retryable: true });
}

function refused(detail: string): SignInResult {
  return { kind: "refused", detail };
}
