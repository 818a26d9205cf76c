import type { World } from "../world.ts";
import type { CodeBook } from "./code-book.ts";
import type { SandboxKeys } from "./keys.ts";
import type { Sessions } from "./sessions.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** What every endpoint of the identity server works with. */
export interface IdentityContext {
  world: World;
  /** The server's own origin, known once it listens. */
  origin: () => string;
  keys: SandboxKeys;
  issuer: TokenIssuer;
  codes: CodeBook;
  sessions: Sessions;
}
