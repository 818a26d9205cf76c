import { MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EphemeralStore } from "../ports/stores.ts";

export interface CoverageLockDeps {
  readonly ephemeral: Pick<EphemeralStore, "get" | "put">;
  readonly clock: Clock;
}

interface Lock {
  readonly accountId: string;
  readonly of: "outages" | "recoveries";
}

/** How long a notice may take to be posted and recorded; a worker that dies over it leaves the account to the next one then. */
const HELD = 5 * MINUTE;

/**
 * One worker at a time tells an account's admins of outages, and one of recoveries. After a notice the lock rests, so that what
 * comes meanwhile is told together. It stands in the store and ends by itself.
 */
export async function takeLock(deps: CoverageLockDeps, lock: Lock): Promise<boolean> {
  const endsAt = shift(deps.clock.now(), HELD);
  return (await deps.ephemeral.put({ key: keyOf(lock), value: "{}", etag: null, endsAt })) === "stored";
}

export async function restLock(deps: CoverageLockDeps, lock: Lock, milliseconds: number): Promise<void> {
  const endsAt = shift(deps.clock.now(), milliseconds);
  await deps.ephemeral.put({ key: keyOf(lock), value: "{}", etag: "*", endsAt });
}

export async function isLocked(deps: CoverageLockDeps, lock: Lock): Promise<boolean> {
  return (await deps.ephemeral.get(keyOf(lock))) !== null;
}

function keyOf({ accountId, of }: Lock): string {
  return `coverage-notice ${of} ${accountId}`;
}
