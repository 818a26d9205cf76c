import { DelegateBackoff, handleWhen, type IPolicy, retry } from "cockatiel";
import { failureKind, waitAsked } from "./cosmos-failure.ts";

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/**
 * Tries again what Cosmos was too busy for, or never answered: after the time it asks for, else after 50 ms, doubled each
 * time, with jitter. Beyond the client's own patience with 429 (connect-cosmos.ts).
 */
export function patiently(): IPolicy {
  return retry(
    handleWhen((error) => ["busy", "unknown"].includes(failureKind(error))),
    {
      maxAttempts: ATTEMPTS,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const asked = "error" in result ? waitAsked(result.error) : null;
        const own = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
        return Math.min(asked ?? own, LONGEST_WAIT_MS);
      }),
    },
  );
}
