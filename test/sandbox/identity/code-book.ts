import { randomBytes } from "node:crypto";
import type { SandboxClock } from "../clock.ts";
import type { SignInUser } from "../world/people.ts";

/** What an authorization code stands for. */
export interface CodeGrant {
  clientId: string;
  redirectUri: string;
  challenge: string;
  nonce: string;
  scope: string;
  user: SignInUser;
}

export type Redemption =
  | { kind: "redeemed"; grant: CodeGrant }
  | { kind: "used" }
  | { kind: "expired" }
  | { kind: "unknown" };

/** Authorization codes: ten minutes, once. */
export class CodeBook {
  readonly #clock: SandboxClock;
  readonly #codes = new Map<string, { grant: CodeGrant; expiresMs: number; used: boolean }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  issue(grant: CodeGrant): string {
    const code = `1.${randomBytes(32).toString("base64url")}`;
    this.#codes.set(code, { grant, expiresMs: this.#clock.now().getTime() + 600_000, used: false });
    return code;
  }

  redeem(code: string): Redemption {
    const entry = this.#codes.get(code);
    if (entry === undefined) return { kind: "unknown" };
    if (entry.used) return { kind: "used" };
    if (entry.expiresMs <= this.#clock.now().getTime()) return { kind: "expired" };
    entry.used = true;
    return { kind: "redeemed", grant: entry.grant };
  }
}
