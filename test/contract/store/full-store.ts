import type { ConsentJourney } from "../../../services/domain/consent-journey.ts";
import type { MoveRequest } from "../../../services/domain/move-request.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { TenantScope } from "../../../services/ports/stores.ts";
import {
  A,
  at,
  auditRow,
  B,
  binding,
  conversation,
  delivery,
  journey,
  leg,
  linked,
  move,
  organization,
  ROBIN,
  record,
  removal,
  START,
  stored,
} from "./store-samples.ts";

/** What was put into a store that cannot be listed by its ports. */
export interface FullStore {
  readonly linked: readonly TenantScope[];
  readonly removed: TenantScope;
  readonly journeys: readonly ConsentJourney[];
  readonly moves: readonly MoveRequest[];
  readonly people: readonly string[];
  readonly conversations: readonly string[];
}

/** Ids as they may come from outside: with what Cosmos takes in no id, long, of other scripts, beyond the first plane. */
export const ODD_IDS = [
  "a/b\\c?d#e",
  `long-${"x".repeat(400)}`,
  "警報-Ärger-ümlaut",
  "🚨:~:\u{10FFFF}",
  "a b%2Fc'\"--",
  "~",
];

/** Fills an empty store through its ports with one of every kind at least, in two accounts. */
export async function fillStore(stores: Stores): Promise<FullStore> {
  const [first, paused, removed, ofB] = [
    await linked(stores, { tenantId: "tenant/odd\\?#" }, "Ünïcode & Söhne 株式会社"),
    await linked(stores, { state: "paused", linkedAt: at(-60) }),
    await linked(stores),
    await linked(stores, { accountId: B }),
  ];
  await stores.organizations.add(organization({ id: "org/\\?#", name: "Without a tenant", directoryId: "dir/1?#" }));
  await addAlerts(stores, first);
  await addAlerts(stores, ofB);
  await addSettings(stores, first);
  await removeOne(stores, removed);
  const people = ["person/1", "person-2"];
  await addRoles(stores, people);
  const conversations = await addConversations(stores);
  const journeys = await addJourneys(stores, first);
  const moves = await addMoves(stores, first, paused);
  const sync = await stores.syncs.get(first);
  if (sync === null) throw new Error("The sample has no sync state.");
  const watch = { lookAt: at(3), outage: null, overAt: null };
  await stores.syncs.update({ sync: { ...sync.value, watermark: at(1), watch, failures: 2 }, etag: sync.etag });
  await stores.ephemeral.put({ key: "dialog", value: "{}", etag: null, endsAt: at(60) });
  return { linked: [first, paused, ofB], removed, journeys, moves, people, conversations };
}

async function addAlerts(stores: Stores, scope: TenantScope): Promise<void> {
  for (const [place, id] of ODD_IDS.entries()) {
    const alert = { id, createdAt: at(place), title: `Half a character: \uD83D, ${id.slice(0, 20)}` };
    const item = record(scope, alert, { nextSettleAt: at(place), nextAnnounceAt: place % 2 === 0 ? at(place) : null });
    const etag = await stored(stores, item);
    const audit = auditRow({ ...scope, verb: "alert.resolve", target: id, at: at(100 + place) });
    const resolved = { ...item, alert: { ...item.alert, status: place % 2 === 0 ? "resolved" : "new" } as const };
    await stores.alerts.update({ record: resolved, etag, audit: [audit] });
    const card = { state: "posted", activityId: `activity-${place}`, shownRevision: 1 } as const;
    await stores.deliveries.put({ delivery: delivery(scope, id, card), etag: null });
    await stores.deliveries.put({ delivery: delivery(scope, id, { conversationId: `19:${id}@thread` }), etag: null });
  }
  // More than one page of them, all of one moment.
  const many = Array.from({ length: 30 }, (_, place) => record(scope, { id: `same-${place}`, createdAt: at(50) }));
  await stores.alerts.storePage({ scope, records: many.map((item) => ({ record: item, etag: null })) });
}

async function addSettings(stores: Stores, { accountId, tenantId }: TenantScope): Promise<void> {
  const settings = { autoResolve: { value: true, setBy: ROBIN, setAt: START } };
  await stores.settings.put({ level: { accountId, tenantId: null }, settings, etag: null, audit: [] });
  await stores.settings.put({ level: { accountId: B, tenantId: null }, settings: {}, etag: null, audit: [] });
  await stores.settings.put({ level: { accountId, tenantId }, settings, etag: null, audit: [] });
}

async function removeOne(stores: Stores, scope: TenantScope): Promise<void> {
  await stored(stores, record(scope, { id: "old/alert" }));
  const card = delivery(scope, "old/alert", { state: "posted", activityId: "1?2", conversationId: "19:old/#" });
  await stores.deliveries.put({ delivery: card, etag: null });
  const found = await stores.links.get(scope);
  await stores.links.remove({ ...removal(scope), etag: found?.etag ?? "" });
}

async function addRoles(stores: Stores, people: readonly string[]): Promise<void> {
  for (const id of people) {
    const person = { id, name: id === "person-2" ? "Ada" : "Zoe", signInName: `${id}@soc.example` };
    const grant = { accountId: A, person, role: "analyst", grantedBy: ROBIN, grantedAt: START } as const;
    const { etag } = await stores.roles.read(A);
    await stores.roles.put({ grant, etag, audit: auditRow({ verb: "role.grant", target: person.name }) });
  }
  // Granted and taken back: there is nobody, but there was.
  const grant = { accountId: B, person: ROBIN, role: "admin", grantedBy: ROBIN, grantedAt: START } as const;
  await stores.roles.put({ grant, etag: null, audit: auditRow({ accountId: B }) });
  const { etag } = await stores.roles.read(B);
  await stores.roles.remove({ accountId: B, personId: ROBIN.id, etag, audit: auditRow({ accountId: B }) });
}

async function addConversations(stores: Stores): Promise<readonly string[]> {
  const ids = ["z-first", "19:a/b\\c?d#e@thread.tacv2", "m-third", "a-last"];
  for (const id of ids) await stores.conversations.put(conversation({ id }));
  for (const id of ["old-chat", "new-chat"]) {
    await stores.conversations.put(conversation({ id, kind: "personal", personId: ROBIN.id }));
  }
  await stores.conversations.put(conversation({ id: ids[0] ?? "", name: "Heard of once more" }));
  const bound = binding({ conversationId: ids[1] ?? "", membersAre: "viewer" });
  await stores.bindings.put({ binding: bound, audit: auditRow({ verb: "channel.bind" }) });
  await stores.bindings.put({ binding: binding({ kind: "notices" }), audit: null });
  return [...ids, "old-chat", "new-chat"];
}

async function addJourneys(stores: Stores, { tenantId }: TenantScope): Promise<readonly ConsentJourney[]> {
  const tenant = { id: tenantId, name: "Contoso", domain: "contoso.example" };
  const journeys = [
    journey({
      id: "journey/1",
      linkHash: "link/1",
      legs: [leg({ stateHash: "state/1" }), leg({ tenantId })],
      dueAt: at(1),
    }),
    journey({ tenant, state: "awaitingConfirmation", createdAt: at(1) }),
    journey({ state: "expired", tenant, expiresAt: at(-60), createdAt: at(-70) }),
    journey({ accountId: B, legs: [leg({ tenantId })], createdAt: at(2) }),
  ];
  for (const item of journeys) await stores.consents.create(item, auditRow({ accountId: item.accountId }));
  return journeys;
}

async function addMoves(stores: Stores, first: TenantScope, second: TenantScope): Promise<readonly MoveRequest[]> {
  const moves = [
    move({ id: "move/1", tenantId: first.tenantId, state: "declined", dueAt: null }),
    move({ tenantId: first.tenantId }),
    move({ tenantId: second.tenantId, state: "done", dueAt: at(-1) }),
  ];
  for (const item of moves) await stores.moves.create({ move: item, audit: auditRow({ verb: "tenant.move" }) });
  return moves;
}
