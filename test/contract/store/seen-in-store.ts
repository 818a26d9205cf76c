import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Versioned } from "../../../services/ports/stores.ts";
import { type FullStore, ODD_IDS } from "./full-store.ts";
import { A, at, B } from "./store-samples.ts";

const ALL = { offset: 0, limit: 1_000 };
const LATE = { now: at(1_000_000), limit: 1_000 };

/** All that the ports tell of a store, without the tags of versions. */
export async function seenInStore(
  stores: Stores,
  { linked, removed, journeys, moves, people, conversations }: FullStore,
) {
  const { organizations, links, syncs, alerts, deliveries, settings, roles, consents, removals, audit } = stores;
  const each = <Key, Value>(keys: readonly Key[], look: (key: Key) => Promise<Value>) => Promise.all(keys.map(look));
  const bare = <Value>(found: Versioned<Value> | null) => found?.value ?? null;
  const accounts = [A, B];
  const customers = (await each(accounts, (accountId) => organizations.list({ accountId, ...ALL }))).flat();
  return {
    customers,
    byName: await each(customers, ({ accountId, name }) => organizations.findByName(accountId, name.toUpperCase())),
    ofCustomers: await each(customers, ({ accountId, id }) => links.findByOrganization(accountId, id)),
    withTenant: await each(accounts, (accountId) => organizations.list({ accountId, linked: true, ...ALL })),
    links: await each(accounts, (accountId) => links.list({ accountId, ...ALL })),
    linkStates: await each(accounts, (accountId) => links.countByState({ accountId })),
    ofTenants: await each([...linked, removed], async ({ tenantId }) => bare(await links.findByTenant(tenantId))),
    toCheck: sorted(await links.dueToCheck(LATE)),
    syncs: await each(linked, async (scope) => bare(await syncs.get(scope))),
    toSync: sorted(await syncs.due(LATE)),
    toLookAt: sorted(await syncs.dueToLook(LATE)),
    alerts: await each(accounts, (accountId) => alerts.list({ accountId, tenantId: null, filter: {}, ...ALL })),
    searched: await alerts.list({ accountId: A, tenantId: null, filter: { text: "警報" }, ...ALL }),
    alertCounts: await each(linked, (scope) => alerts.counts(scope)),
    byId: await each(ODD_IDS, (id) => alerts.find(A, id)),
    toSettle: sorted(await alerts.dueToSettle(LATE)),
    toAnnounce: sorted(await alerts.dueToAnnounce(LATE)),
    cards: await each(linked, (scope) =>
      each(ODD_IDS, async (id) => (await deliveries.ofAlert(scope, id)).map(({ value }) => value)),
    ),
    cardsShown: await each(linked, (scope) => deliveries.countShown(scope)),
    settings: await each(
      [{ accountId: A, tenantId: null }, { accountId: B, tenantId: null }, ...linked],
      async (level) => {
        const { value, etag } = await settings.get(level);
        return { value, isSet: etag !== null };
      },
    ),
    roles: await each(accounts, async (accountId) => {
      const { value, etag } = await roles.read(accountId);
      return { value, wasEverGiven: etag !== null };
    }),
    grants: await each(people, (person) => roles.get(A, person)),
    shared: await each(accounts, (accountId) => stores.conversations.shared(accountId, 100)),
    chat: await stores.conversations.personal(A, "person-robin"),
    places: await each(conversations, (id) => stores.conversations.get(A, id)),
    bindings: await each(accounts, (accountId) => stores.bindings.list(accountId)),
    journeys: await each(journeys, async ({ id }) => bare(await consents.get(id))),
    byLink: await each(journeys, async ({ linkHash }) => bare(await consents.findByLink(linkHash))),
    byState: await each(
      journeys.flatMap(({ legs }) => legs),
      async ({ stateHash }) => bare(await consents.findByState(stateHash)),
    ),
    open: await each(accounts, (accountId) => consents.open(accountId)),
    proving: await each(linked, ({ tenantId }) => consents.openForTenant(tenantId)),
    journeysDue: (await consents.due(LATE)).toSorted(),
    moves: await each(moves, async ({ id }) => bare(await stores.moves.get(id))),
    openMoves: await each(linked, async (scope) => bare(await stores.moves.openOf(scope))),
    movesDue: (await stores.moves.due(LATE)).toSorted(),
    tombstones: await each([...linked, removed], (scope) => removals.get(scope)),
    retired: await removals.countCards(removed),
    retiredDue: await removals.dueCards({ tenantId: removed.tenantId, ...LATE }),
    removalsDue: await removals.due(LATE),
    audit: await each(accounts, (accountId) => audit.list({ accountId, limit: 1_000 })),
    verified: await each(accounts, (accountId) => verifyAudit({ audit }, { accountId })),
  };
}

/** Where several are due at one moment, stores may give them in any order. */
function sorted<Due>(due: readonly Due[]): readonly Due[] {
  return due.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
