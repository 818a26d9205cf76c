import { isDeepStrictEqual } from "node:util";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import { organizationKey } from "../../../../services/domain/organization.ts";
import type { LevelSettings, SettingsLevel } from "../../../../services/domain/policy-settings.ts";
import type { RoleGrant } from "../../../../services/domain/role.ts";
import type { RoleStore, SettingsStore, WriteOutcome } from "../../../../services/ports/stores.ts";
import { accepts, type Kept, readUnder, refuses, replaced } from "./kept.ts";
import { change, type Step, type StoreCall, writing } from "./store-call.ts";
import { audited, keyOf, linkOf, put, type StoreState } from "./store-state.ts";

interface Read<Value> {
  readonly value: Value;
  readonly etag: string | null;
}

/** Reads what is there with its tag, or `nothing` under no tag. */
function readingOrNothing<Value>(
  call: Pick<StoreCall<Read<Value>>, "name" | "run">,
  there: (state: StoreState) => Kept<Value> | undefined,
  nothing: Value,
  remember: (state: StoreState, read: Kept<Value>) => StoreState,
): StoreCall<Read<Value>> {
  const step =
    ({ value, etag }: Read<Value>): Step =>
    (state) => {
      const known = there(state);
      if (known === undefined || etag === null) {
        return known === undefined && etag === null && isDeepStrictEqual(value, nothing) ? [state] : [];
      }
      const read = isDeepStrictEqual(known.value, value) ? readUnder(known, etag) : null;
      return read === null ? [] : [remember(state, read)];
    };
  return { ...call, ways: (answer) => [[step(answer)]], unanswered: [] };
}

export function getSettings(level: SettingsLevel): StoreCall<Read<LevelSettings>> {
  return readingOrNothing<LevelSettings>(
    { name: `get settings ${keyOf(level)}`, run: ({ settings }) => settings.get(level) },
    (state) => state.settings[keyOf(level)],
    {},
    (state, read) => ({ ...state, settings: put(state.settings, keyOf(level), read) }),
  );
}

export function putSettings(input: Parameters<SettingsStore["put"]>[0]): StoreCall<WriteOutcome> {
  const { level, settings, etag, audit } = input;
  const { accountId, tenantId } = level;
  const key = keyOf(level);
  const hasPlace = (state: StoreState) => tenantId === null || linkOf(state, { accountId, tenantId }) !== undefined;
  return writing(
    `put settings ${key} (${etag})`,
    (stores) => stores.settings.put(input),
    [
      change(
        (state) => hasPlace(state) && accepts(state.settings[key], etag),
        (state) =>
          audited({ ...state, settings: put(state.settings, key, replaced(state.settings[key], settings)) }, audit),
      ),
    ],
    (state) => !hasPlace(state) || refuses(state.settings[key], etag),
  );
}

export function readRoles(accountId: string): StoreCall<Read<readonly RoleGrant[]>> {
  return readingOrNothing<readonly RoleGrant[]>(
    { name: `read roles ${accountId}`, run: ({ roles }) => roles.read(accountId) },
    (state) => state.roles[accountId],
    [],
    (state, read) => ({ ...state, roles: put(state.roles, accountId, read) }),
  );
}

const byName = ({ person: left }: RoleGrant, { person: right }: RoleGrant) =>
  organizationKey(left.name) < organizationKey(right.name) ? -1 : 1;

const grantsOf = (state: StoreState, accountId: string) => state.roles[accountId]?.value ?? [];

function withGrants(state: StoreState, accountId: string, grants: readonly RoleGrant[], audit: AuditRow): StoreState {
  const roles = put(state.roles, accountId, replaced(state.roles[accountId], grants));
  return audited({ ...state, roles }, [audit]);
}

export function putRole(input: Parameters<RoleStore["put"]>[0]): StoreCall<WriteOutcome> {
  const { grant, etag, audit } = input;
  const { accountId, person } = grant;
  return writing(
    `grant ${accountId} ${person.id} ${grant.role} (${etag})`,
    ({ roles }) => roles.put(input),
    [
      change(
        (state) => accepts(state.roles[accountId], etag),
        (state) => {
          const others = grantsOf(state, accountId).filter((other) => other.person.id !== person.id);
          return withGrants(state, accountId, [...others, grant].sort(byName), audit);
        },
      ),
    ],
    (state) => refuses(state.roles[accountId], etag),
  );
}

export function removeRole(input: Parameters<RoleStore["remove"]>[0]): StoreCall<WriteOutcome> {
  const { accountId, personId, etag, audit } = input;
  const has = (state: StoreState) => grantsOf(state, accountId).some(({ person }) => person.id === personId);
  return writing(
    `revoke ${accountId} ${personId} (${etag})`,
    ({ roles }) => roles.remove(input),
    [
      change(
        (state) => has(state) && accepts(state.roles[accountId], etag),
        (state) => {
          const others = grantsOf(state, accountId).filter(({ person }) => person.id !== personId);
          return withGrants(state, accountId, others, audit);
        },
      ),
    ],
    (state) => !has(state) || refuses(state.roles[accountId], etag),
  );
}

export function appendAudit(rows: readonly AuditRow[]): StoreCall<null> {
  const appended: Step = (state) => [audited(state, rows)];
  return {
    name: `append ${rows.map(({ id }) => id).join(", ")}`,
    run: async ({ audit }) => {
      await audit.append(rows);
      return null;
    },
    ways: () => [[appended]],
    unanswered: [[appended]],
  };
}

/** Finishes what others left half done, which changes nothing that was promised. */
export const SWEEP: StoreCall<null> = {
  name: "sweep",
  run: async (stores) => {
    await stores.sweep();
    return null;
  },
  ways: () => [[(state) => [state]]],
  unanswered: [],
};
