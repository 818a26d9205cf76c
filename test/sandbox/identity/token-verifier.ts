import { jwtVerify } from "jose";
import type { SandboxClock } from "../clock.ts";
import type { SandboxKeys } from "./keys.ts";

/** What an API learns from a token it accepts. */
interface VerifiedToken {
  tenantId: string;
  appId: string;
  roles: string[];
  generation: number;
}

export type TokenVerdict =
  | { kind: "valid"; token: VerifiedToken }
  | { kind: "missing" }
  | { kind: "expired" }
  | { kind: "wrong-audience" }
  | { kind: "invalid" };

export interface TokenVerifier {
  /** Judges an Authorization header for one audience; signatures are checked once per token. */
  verify(authorization: string | undefined, audience: string): Promise<TokenVerdict>;
}

type Read = { token: VerifiedToken; audience: unknown; expiresMs: number };

const mostCached = 20_000;

export function createTokenVerifier(deps: { clock: SandboxClock; keys: SandboxKeys }): TokenVerifier {
  const cache = new Map<string, Read>();

  async function read(token: string): Promise<Read | undefined> {
    const known = cache.get(token);
    if (known !== undefined) return known;
    try {
      // Expiry is judged on each use below, by the sandbox's clock; here only the signature counts.
      const { payload } = await jwtVerify(token, deps.keys.publicKey, {
        algorithms: ["RS256"],
        currentDate: new Date(0),
        clockTolerance: Number.MAX_SAFE_INTEGER,
      });
      const { aud, exp, tid, appid, roles, sandbox_generation: generation } = payload;
      if (typeof exp !== "number" || typeof tid !== "string" || typeof appid !== "string") return undefined;
      const result = {
        audience: aud,
        expiresMs: exp * 1000,
        token: {
          tenantId: tid,
          appId: appid,
          roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
          generation: typeof generation === "number" ? generation : 0,
        },
      };
      if (cache.size >= mostCached) cache.clear();
      cache.set(token, result);
      return result;
    } catch {
      return undefined;
    }
  }

  return {
    async verify(authorization, audience) {
      if (authorization === undefined || authorization === "") return { kind: "missing" };
      const [scheme, token] = authorization.split(" ");
      if (scheme !== "Bearer" || token === undefined || token === "") return { kind: "missing" };
      const found = await read(token);
      if (found === undefined) return { kind: "invalid" };
      if (found.expiresMs <= deps.clock.now().getTime()) return { kind: "expired" };
      return found.audience === audience ? { kind: "valid", token: found.token } : { kind: "wrong-audience" };
    },
  };
}
