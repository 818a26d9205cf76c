import type { Account } from "../domain/account.ts";
import { Breakdown } from "../domain/breakdown.ts";
import { DAY, elapsed, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { EphemeralStore, Versioned } from "../ports/stores.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import { type CredentialAlarm, readAlarm, removeAlarm, writeAlarm } from "./credential-alarm.ts";
import { expiryNotice, type OwnCredential } from "./credential-expiry.ts";

export interface WatchCredentialsDeps {
  readonly ephemeral: EphemeralStore;
  readonly directory: Pick<TenantDirectory, "grantedRoles">;
  readonly accounts: readonly Account[];
  readonly ownCredentials: readonly OwnCredential[];
  readonly clock: Clock;
  readonly log: Log;
  /** False where it was shown nowhere: it is told again then. */
  readonly tellAdmins: (input: { accountId: string; title: string; text: string }) => Promise<boolean>;
}

/** What may pass by itself is told when it has lasted this long. */
const LASTING = 10 * MINUTE;
/** Where no tenant is left to try: refusals come at least every ten minutes, so without one for this long it is over. */
const FORGOTTEN = 30 * MINUTE;
/** A told mark is kept until long after the next one is due. */
const MARK_KEPT = 90 * DAY;

/** Looks after our own credentials: a standing alarm and its end, and the days before each one's end. Idempotent. */
export async function watchCredentials(deps: WatchCredentialsDeps): Promise<void> {
  const stored = await readAlarm(deps);
  if (stored !== null) await lookAtAlarm(deps, stored);
  for (const credential of deps.ownCredentials) await tellExpiry(deps, credential);
}

async function lookAtAlarm(deps: WatchCredentialsDeps, stored: Versioned<CredentialAlarm>): Promise<void> {
  const now = deps.clock.now();
  const { value: alarm, etag } = stored;
  const finding = await tryCredential(deps, alarm, now);
  switch (finding) {
    case "taken":
      return await endAlarm(deps, alarm);
    case "unknown":
      return;
    case "otherTenant":
      await writeAlarm(deps, { ...alarm, tenantId: null }, etag);
      return;
    case "refused":
      if (alarm.mayPass && elapsed(alarm.since, now) < LASTING) return;
      return await raiseAlarm(deps, { value: { ...alarm, refusedAt: now }, etag });
  }
}

/** Only a token that is issued now proves anything: the ones in memory outlive the credential that they were got with. */
async function tryCredential(
  deps: WatchCredentialsDeps,
  alarm: CredentialAlarm,
  now: Instant,
): Promise<"taken" | "refused" | "otherTenant" | "unknown"> {
  if (alarm.tenantId === null) return elapsed(alarm.refusedAt, now) >= FORGOTTEN ? "taken" : "unknown";
  try {
    await deps.directory.grantedRoles(alarm.tenantId);
    return "taken";
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    if (cause.code === "credential-failing") return "refused";
    // Entra looks for tenant and consent before it looks at the credential.
    return cause.retryable ? "unknown" : "otherTenant";
  }
}

async function raiseAlarm(deps: WatchCredentialsDeps, stored: Versioned<CredentialAlarm>): Promise<void> {
  let { value: alarm } = stored;
  if (alarm.told === null) {
    deps.log.error("Entra refuses the Defender app's credential: no tenant can be read.", { detail: alarm.detail });
  }
  const told = alarm.told ?? [];
  alarm = { ...alarm, told };
  if (!(await writeAlarm(deps, alarm, stored.etag))) return;
  for (const { id } of deps.accounts.filter((account) => !told.includes(account.id))) {
    const code = alarm.detail === null ? "" : ` (${alarm.detail})`;
    const shown = await deps.tellAdmins({
      accountId: id,
      title: "No tenant can be read: our own credential is refused",
      text: `${alarm.sentence}${code} The customers have nothing to do. What comes meanwhile is read and shown afterwards.`,
    });
    if (!shown) continue;
    // After it is told, for each: an alarm told twice after a crash is better than one not told.
    alarm = { ...alarm, told: [...(alarm.told ?? []), id] };
    await writeAlarm(deps, alarm, "*");
  }
}

async function endAlarm(deps: WatchCredentialsDeps, alarm: CredentialAlarm): Promise<void> {
  if (alarm.told !== null) deps.log.info("Entra takes the Defender app's credential again.", { since: alarm.since });
  for (const accountId of alarm.told ?? []) {
    await deps.tellAdmins({
      accountId,
      title: "Our own credential works again",
      text: "The tenants are read again. What came meanwhile is found and shown.",
    });
  }
  await removeAlarm(deps);
}

async function tellExpiry(deps: WatchCredentialsDeps, credential: OwnCredential): Promise<void> {
  const notice = expiryNotice(credential, deps.clock.now());
  if (notice === null) return;
  const mark = JSON.stringify(notice.mark);
  const key = `credential-expiry ${credential.setting} ${credential.expiresAt}`;
  if (!(await isMarked(deps, key, mark))) {
    deps.log.error("One of Watchdesk's own credentials ends.", {
      setting: credential.setting,
      expiresAt: credential.expiresAt,
      daysLeft: notice.daysLeft,
    });
    await setMark(deps, key, mark);
  }
  for (const { id } of deps.accounts) {
    const ofAccount = `${key} ${id}`;
    if (await isMarked(deps, ofAccount, mark)) continue;
    if (await deps.tellAdmins({ accountId: id, title: notice.title, text: notice.text })) {
      await setMark(deps, ofAccount, mark);
    }
  }
}

async function isMarked({ ephemeral }: WatchCredentialsDeps, key: string, mark: string): Promise<boolean> {
  return (await ephemeral.get(key))?.value === mark;
}

async function setMark({ ephemeral, clock }: WatchCredentialsDeps, key: string, mark: string): Promise<void> {
  await ephemeral.put({ key, value: mark, etag: "*", endsAt: shift(clock.now(), MARK_KEPT) });
}
