import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { SandboxClock } from "../clock.ts";
import type { SignInUser } from "../world/people.ts";
import { roleTemplateIds } from "../world/people.ts";
import type { SandboxKeys } from "./keys.ts";

/** Seconds a token lives. */
export const tokenLifetimeSeconds = 3600;

interface AppTokenClaims {
  tenantId: string;
  appId: string;
  audience: string;
  roles: string[];
  generation: number;
}

interface IdTokenClaims {
  user: SignInUser;
  clientId: string;
  nonce: string;
  withWids: boolean;
}

export interface TokenIssuer {
  /** A v1 access token as Microsoft issues to an app: no `roles` claim at all when there are none. */
  appToken(claims: AppTokenClaims): Promise<string>;
  idToken(claims: IdTokenClaims): Promise<string>;
}

export function createTokenIssuer(deps: { clock: SandboxClock; keys: SandboxKeys; origin: () => string }): TokenIssuer {
  function sign(claims: Record<string, unknown>): Promise<string> {
    const issuedAt = Math.floor(deps.clock.now().getTime() / 1000);
    return new SignJWT({ ...claims, iat: issuedAt, nbf: issuedAt, exp: issuedAt + tokenLifetimeSeconds })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: deps.keys.keyId })
      .sign(deps.keys.privateKey);
  }

  return {
    appToken: ({ tenantId, appId, audience, roles, generation }) =>
      sign({
        aud: audience,
        iss: `https://sts.windows.net/${tenantId}/`,
        tid: tenantId,
        appid: appId,
        appidacr: "1",
        idtyp: "app",
        oid: `5e2f1ce0-${tenantId.slice(0, 4)}-4000-8000-${appId.slice(-12)}`,
        ver: "1.0",
        uti: randomUUID(),
        sandbox_generation: generation,
        ...(roles.length > 0 ? { roles } : {}),
      }),
    idToken: ({ user, clientId, nonce, withWids }) =>
      sign({
        aud: clientId,
        iss: `${deps.origin()}/${user.tenantId}/v2.0`,
        tid: user.tenantId,
        oid: user.objectId,
        sub: `${user.key}-${clientId.slice(0, 8)}`,
        name: user.displayName,
        preferred_username: user.userPrincipalName,
        nonce,
        ver: "2.0",
        uti: randomUUID(),
        ...(user.guestOf === undefined ? {} : { idp: `https://sts.windows.net/${user.guestOf}/` }),
        ...(withWids ? { wids: rolesOf(user) } : {}),
      }),
  };
}

function rolesOf(user: SignInUser): string[] {
  return user.role === "user" ? [roleTemplateIds.user] : [roleTemplateIds[user.role], roleTemplateIds.user];
}
