import { Breakdown } from "../domain/breakdown.ts";
import { DAY, HOUR, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { OrganizationDirectory } from "../ports/organization-directory.ts";
import type { EphemeralStore } from "../ports/stores.ts";
import {
  type ApplyDeps,
  applyDirectoryPage,
  type DirectoryConflict,
  knownOrganizations,
} from "./apply-directory-page.ts";

export interface SyncDirectoryDeps extends ApplyDeps {
  /** By account id; empty where no directory is configured. */
  readonly directories: ReadonlyMap<string, OrganizationDirectory>;
  readonly ephemeral: EphemeralStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly tellAdmins: (notice: { accountId: string; title: string; text: string }) => Promise<unknown>;
}

const EVERY = HOUR;
const AGAIN_AFTER_FAILURE = 5 * MINUTE;
/** Longer than any pause between two reads: what was told once is not told again. */
const STATE_KEPT = 90 * DAY;
/** A directory that never ends is not one. */
const PAGES_LIMIT = 1_000;
const TOLD_AT_ONCE = 10;

interface DirectoryState {
  /** Where an interrupted read goes on; null: at the beginning. */
  readonly from: string | null;
  /** Conflicts of the read under way, and of those the ones that were told; by conflictKey. */
  readonly seen: readonly string[];
  readonly told: readonly string[];
}

/** Accounts whose directory is due to be read: the mark in the store ends by itself when it is. */
export async function dueDirectories(deps: {
  readonly directories: SyncDirectoryDeps["directories"];
  readonly ephemeral: Pick<EphemeralStore, "get">;
}): Promise<readonly string[]> {
  const due: string[] = [];
  for (const accountId of deps.directories.keys()) {
    if ((await deps.ephemeral.get(dueKey(accountId))) === null) due.push(accountId);
  }
  return due;
}

/**
 * Keeps an account's organizations in step with its directory: adds names that are new, renames what the directory
 * renamed, deletes nothing. What it cannot do since a name is taken is told to the admins, once. A directory that asks
 * to wait is asked again then, from the page where it stopped.
 */
export async function syncDirectory(deps: SyncDirectoryDeps, input: { accountId: string }): Promise<void> {
  const { accountId } = input;
  const directory = deps.directories.get(accountId);
  if (directory === undefined || (await deps.ephemeral.get(dueKey(accountId))) !== null) return;
  let state = await readState(deps, accountId);
  try {
    const known = await knownOrganizations(deps, accountId);
    for (let pages = 0; pages < PAGES_LIMIT; pages += 1) {
      const page = await directory.page(state.from);
      const conflicts = await applyDirectoryPage(deps, { accountId, known, organizations: page.organizations });
      await tellConflicts(deps, directory, conflicts, state.told);
      const keys = conflicts.map(conflictKey);
      const told = [...new Set([...state.told, ...keys])];
      state = { from: page.next, seen: [...new Set([...state.seen, ...keys])], told };
      await keepState(deps, accountId, state);
      if (page.next === null) break;
    }
    // A conflict that is over may be told anew when it comes back.
    await keepState(deps, accountId, { from: null, seen: [], told: state.seen });
    await dueIn(deps, accountId, EVERY);
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    const pause = cause.retryable ? (cause.retryAfterMs ?? AGAIN_AFTER_FAILURE) : EVERY;
    await dueIn(deps, accountId, pause);
    const fields = { directory: directory.name, code: cause.code, detail: cause.detail, pauseMs: pause };
    if (cause.retryable) deps.log.warn("The directory is read again later.", fields, cause);
    else deps.log.error("The directory cannot be read.", fields, cause);
  }
}

async function tellConflicts(
  deps: SyncDirectoryDeps,
  directory: OrganizationDirectory,
  conflicts: readonly DirectoryConflict[],
  told: readonly string[],
): Promise<void> {
  const fresh = conflicts.filter((conflict) => !told.includes(conflictKey(conflict)));
  if (fresh.length === 0) return;
  deps.log.warn("Names of the directory are taken here.", { directory: directory.name, count: fresh.length });
  const named = fresh
    .slice(0, TOLD_AT_ONCE)
    .map(({ directoryName, currentName }) =>
      currentName === null ? directoryName : `${directoryName} (here: ${currentName})`,
    );
  const more = fresh.length > TOLD_AT_ONCE ? `, and ${fresh.length - TOLD_AT_ONCE} more` : "";
  const what = fresh.length === 1 ? "1 name" : `${fresh.length} names`;
  await deps.tellAdmins({
    accountId: directory.accountId,
    title: `${what} of ${directory.name} could not be taken over`,
    text: `Another organization here is called the same: ${named.join(", ")}${more}. Rename one of the two, here with \`rename organization\` or in ${directory.name}.`,
  });
}

async function readState(deps: SyncDirectoryDeps, accountId: string): Promise<DirectoryState> {
  const stored = await deps.ephemeral.get(stateKey(accountId));
  return stored === null ? { from: null, seen: [], told: [] } : JSON.parse(stored.value);
}

async function keepState(deps: SyncDirectoryDeps, accountId: string, state: DirectoryState): Promise<void> {
  const endsAt = shift(deps.clock.now(), STATE_KEPT);
  await deps.ephemeral.put({ key: stateKey(accountId), value: JSON.stringify(state), etag: "*", endsAt });
}

async function dueIn(deps: SyncDirectoryDeps, accountId: string, milliseconds: number): Promise<void> {
  const endsAt = shift(deps.clock.now(), milliseconds);
  await deps.ephemeral.put({ key: dueKey(accountId), value: "{}", etag: "*", endsAt });
}

const conflictKey = ({ directoryId, directoryName }: DirectoryConflict): string => `${directoryId} ${directoryName}`;
const dueKey = (accountId: string): string => `directory-due:${accountId}`;
const stateKey = (accountId: string): string => `directory:${accountId}`;
