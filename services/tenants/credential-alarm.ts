import type { Breakdown } from "../domain/breakdown.ts";
import { DAY, elapsed, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { EphemeralStore, Versioned } from "../ports/stores.ts";

/**
 * That Entra refuses the Defender app's credential: one for all tenants, kept in the store, so that it is told once and
 * outlives a restart. It begins silent and stands once it is told.
 */
export interface CredentialAlarm {
  readonly since: Instant;
  /** The last time a tenant's token was refused for it. */
  readonly refusedAt: Instant;
  /** The tenant whose token shows whether the credential is taken again; null: the next that is refused. */
  readonly tenantId: string | null;
  readonly sentence: string;
  readonly detail: string | null;
  /** Whether it may pass by itself, as after a change of certificate: told when it lasts. */
  readonly mayPass: boolean;
  /** The accounts whose admins were told; null until it stands. */
  readonly told: readonly string[] | null;
}

export interface CredentialAlarmDeps {
  readonly ephemeral: EphemeralStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

const KEY = "credential-alarm";
/** Renewed with each write while it lasts. */
const KEPT = 30 * DAY;

/** Takes note that a token was refused for our own credential. What it leads to is watch-credentials' business. */
export async function credentialRefused(
  deps: CredentialAlarmDeps,
  input: { tenantId: string | null; breakdown: Breakdown },
): Promise<void> {
  const { tenantId, breakdown } = input;
  const now = deps.clock.now();
  const stored = await readAlarm(deps);
  if (stored !== null) {
    // Hundreds of tenants are refused at once: one note a minute will do.
    const { value: alarm, etag } = stored;
    if (alarm.tenantId !== null && elapsed(alarm.refusedAt, now) < MINUTE) return;
    await writeAlarm(deps, { ...alarm, refusedAt: now, tenantId: alarm.tenantId ?? tenantId }, etag);
    return;
  }
  const alarm: CredentialAlarm = {
    since: now,
    refusedAt: now,
    tenantId,
    sentence: breakdown.message,
    detail: breakdown.detail,
    mayPass: breakdown.retryable,
    told: null,
  };
  if (await writeAlarm(deps, alarm, null)) deps.queue.add({ kind: "watch-credentials" });
}

/** The alarm as it is kept, silent or standing. */
export async function readAlarm(deps: {
  ephemeral: Pick<EphemeralStore, "get">;
}): Promise<Versioned<CredentialAlarm> | null> {
  const stored = await deps.ephemeral.get(KEY);
  return stored === null ? null : { value: JSON.parse(stored.value) as CredentialAlarm, etag: stored.etag };
}

/** The alarm once it stands; as long as it does, every tenant is shown as "our credential failing". */
export async function standingAlarm(deps: { ephemeral: Pick<EphemeralStore, "get"> }): Promise<CredentialAlarm | null> {
  const alarm = (await readAlarm(deps))?.value ?? null;
  return alarm === null || alarm.told === null ? null : alarm;
}

/** False when somebody else wrote in between. */
export async function writeAlarm(
  deps: { ephemeral: Pick<EphemeralStore, "put">; clock: Clock },
  alarm: CredentialAlarm,
  etag: string | null,
): Promise<boolean> {
  const endsAt = shift(deps.clock.now(), KEPT);
  return (await deps.ephemeral.put({ key: KEY, value: JSON.stringify(alarm), etag, endsAt })) === "stored";
}

export async function removeAlarm(deps: { ephemeral: Pick<EphemeralStore, "remove"> }): Promise<void> {
  await deps.ephemeral.remove(KEY);
}
