import { randomBytes } from "node:crypto";
import type { SandboxRequest } from "../json-server.ts";
import type { SignInUser } from "../world/people.ts";

const cookieName = "sandbox_identity";

/** Who is signed in to which browser, by cookie. */
export class Sessions {
  readonly #users = new Map<string, SignInUser>();

  /** The Set-Cookie header of a new session. */
  begin(user: SignInUser): string {
    const id = randomBytes(18).toString("base64url");
    this.#users.set(id, user);
    return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`;
  }

  userOf(request: SandboxRequest): SignInUser | undefined {
    for (const pair of (request.headers.cookie ?? "").split(";")) {
      const [name, value] = pair.trim().split("=");
      if (name === cookieName && value !== undefined) return this.#users.get(value);
    }
    return undefined;
  }
}
