import { expect, it } from "vitest";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { TenantScope } from "../../../services/ports/stores.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import {
  A,
  at,
  auditRow,
  B,
  binding,
  conversation,
  delivery,
  journey,
  linked,
  move,
  organization,
  ROBIN,
  record,
  removal,
  START,
  stored,
  sync,
} from "./store-samples.ts";

const CANARY = "canary-of-a";
const TENANT = "tenant-of-a";

/** Everything that account A can have, each value marked. */
async function fill(stores: Stores): Promise<TenantScope> {
  const person = { ...ROBIN, name: CANARY };
  const names = { tenantId: TENANT, tenantName: CANARY, linkedBy: person };
  const scope = await linked(stores, { accountId: A, ...names }, CANARY);
  await stores.organizations.add(organization({ id: "shared-id", name: `${CANARY} 2` }));
  const due = { nextSettleAt: START, nextAnnounceAt: START };
  await stored(stores, record(scope, { id: "alert-of-a", title: CANARY }, due));
  const card = delivery(scope, "alert-of-a", { activityId: CANARY, state: "posted" });
  await stores.deliveries.put({ delivery: card, etag: null });
  await stores.moves.create({ move: move({ ...scope, tenantName: CANARY }), audit: auditRow() });
  const settings = { comment: { value: false, setBy: person, setAt: START } };
  for (const tenantId of [null, TENANT]) {
    await stores.settings.put({ level: { accountId: A, tenantId }, settings, etag: null, audit: [] });
  }
  const grant = { accountId: A, person, role: "admin", grantedBy: person, grantedAt: START } as const;
  await stores.roles.put({ grant, etag: null, audit: auditRow({ after: CANARY, tenantId: TENANT, target: CANARY }) });
  const chat = conversation({ id: "chat-of-a", kind: "personal", personId: ROBIN.id, name: CANARY });
  await stores.conversations.put(chat);
  await stores.bindings.put({ binding: binding({ conversationId: chat.id, boundBy: person }), audit: null });
  await stores.consents.create(journey({ organizationName: CANARY }), auditRow({ target: CANARY }));
  return scope;
}

/** Every reading method that takes an account, by name, as that account with A's ids in hand would call it. */
function reads(stores: Stores, accountId: string): Record<string, () => Promise<unknown>> {
  const scope = { accountId, tenantId: TENANT };
  const page = { offset: 0, limit: 100 };
  const organizationId = async () => (await stores.links.findByTenant(TENANT))?.value.organizationId ?? "";
  return {
    "organizations.get": () => stores.organizations.get(accountId, "shared-id"),
    "organizations.findByName": () => stores.organizations.findByName(accountId, CANARY),
    "organizations.list": () => stores.organizations.list({ accountId, ...page }),
    "organizations.list linked": () => stores.organizations.list({ accountId, linked: true, text: "canary", ...page }),
    "organizations.count": async () => ((await stores.organizations.count(accountId)) > 0 ? CANARY : null),
    "links.get": () => stores.links.get(scope),
    "links.findByOrganization": async () => stores.links.findByOrganization(accountId, await organizationId()),
    "links.list": () => stores.links.list({ accountId, text: "canary", ...page }),
    "links.countByState": async () => Object.keys(await stores.links.countByState({ accountId })).map(() => CANARY),
    "syncs.get": async () => ((await stores.syncs.get(scope)) === null ? null : CANARY),
    "alerts.get": () => stores.alerts.get(scope, "alert-of-a"),
    "alerts.getMany": () => stores.alerts.getMany(scope, ["alert-of-a"]),
    "alerts.list of account": () => stores.alerts.list({ accountId, tenantId: null, filter: {}, ...page }),
    "alerts.list of tenant": () => stores.alerts.list({ ...scope, filter: { text: "canary" }, ...page }),
    "alerts.find": () => stores.alerts.find(accountId, "alert-of-a"),
    "alerts.counts": async () => ((await stores.alerts.counts(scope)).total > 0 ? CANARY : null),
    "deliveries.countShown": async () => ((await stores.deliveries.countShown(scope)) > 0 ? CANARY : null),
    "deliveries.alertsWithCards": async () => {
      const found = await stores.deliveries.alertsWithCards({ scope, open: true, after: "", limit: 9 });
      return found.map(() => CANARY);
    },
    "moves.openOf": () => stores.moves.openOf(scope),
    "deliveries.ofAlert": () => stores.deliveries.ofAlert(scope, "alert-of-a"),
    "settings.get of account": () => stores.settings.get({ accountId, tenantId: null }),
    "settings.get of tenant": () => stores.settings.get(scope),
    "roles.get": () => stores.roles.get(accountId, ROBIN.id),
    "roles.list": () => stores.roles.list(accountId),
    "roles.read": () => stores.roles.read(accountId),
    "conversations.get": () => stores.conversations.get(accountId, "chat-of-a"),
    "conversations.personal": () => stores.conversations.personal(accountId, ROBIN.id),
    "bindings.list": () => stores.bindings.list(accountId),
    "bindings.list of kind": () => stores.bindings.list(accountId, "alerts"),
    "bindings.ofConversation": () => stores.bindings.ofConversation(accountId, "chat-of-a"),
    "consents.open": () => stores.consents.open(accountId),
    "audit.list": () => stores.audit.list({ accountId, limit: 100 }),
    "audit.list of tenant": () => stores.audit.list({ ...scope, limit: 100 }),
    "audit.list of subject": () =>
      stores.audit.list({ accountId, subject: { tenantId: TENANT, text: "canary" }, limit: 100 }),
    "audit.chainRows": async () =>
      await stores.audit.chainRows({ accountId, chain: `${START.slice(0, 7)}/`, after: 0, limit: 100 }),
    "audit.chainHead": async () =>
      (await stores.audit.chainHead(accountId, `${START.slice(0, 7)}/`)) === null ? null : CANARY,
    "audit.nextChain": async () => ((await stores.audit.nextChain(accountId, "")) === null ? null : CANARY),
    "audit.list of target": () => stores.audit.list({ accountId, target: CANARY, limit: 100 }),
  };
}

export function isolationContract(open: OpenStore): void {
  const { stores } = bench(open);

  it("shows an account's data to that account, and nothing of it to another, in every read", async () => {
    await fill(stores());
    for (const [name, read] of Object.entries(reads(stores(), A))) {
      expect(JSON.stringify(await read()), name).toContain(CANARY);
    }
    for (const [name, read] of Object.entries(reads(stores(), B))) {
      expect(JSON.stringify(await read()), name).not.toContain(CANARY);
    }
  });

  it("lets no account write to another's tenant, even with the right etag", async () => {
    const own = await fill(stores());
    const foreign = { accountId: B, tenantId: TENANT };
    const found = await stores().links.findByTenant(TENANT);
    const syncTag = (await stores().syncs.get(own))?.etag ?? "";
    const alertTag = (await stores().alerts.get(own, "alert-of-a"))?.etag ?? "";
    const cardTag = (await stores().deliveries.ofAlert(own, "alert-of-a"))[0]?.etag ?? "";
    const ofA = await Promise.all(Object.values(reads(stores(), A)).map((read) => read()));
    const linkTag = found?.etag ?? "";
    const forged = record(foreign, { id: "alert-of-a" });
    const audit = auditRow({ accountId: B });
    const ofAlert = auditRow({ ...foreign, verb: "alert.resolve" });
    const linkOfB = found === null ? null : { ...found.value, accountId: B, organizationId: "shared-id" };
    await stores().organizations.add(organization({ accountId: B, id: "shared-id" }));

    expect(linkOfB && (await stores().links.update({ link: linkOfB, etag: linkTag }))).toBe("conflict");
    expect(await stores().links.remove({ ...removal(foreign, audit), etag: linkTag })).toBe("conflict");
    const late = sync(foreign, { watermark: at(9) });
    expect(await stores().syncs.update({ sync: late, etag: syncTag })).toBe("conflict");
    const page = { scope: foreign, records: [{ record: record(foreign), etag: null }] };
    expect(await stores().alerts.storePage(page)).toBe("conflict");
    expect(await stores().alerts.update({ record: forged, etag: alertTag, audit: [ofAlert] })).toBe("conflict");
    const card = delivery(foreign, "alert-of-a");
    expect(await stores().deliveries.put({ delivery: card, etag: cardTag })).toEqual({ kind: "conflict" });
    expect(await stores().deliveries.put({ delivery: card, etag: null })).toEqual({ kind: "conflict" });
    expect(await stores().settings.put({ level: foreign, settings: {}, etag: null, audit: [] })).toBe("conflict");
    const roleTag = (await stores().roles.read(A)).etag;
    for (const etag of [null, roleTag]) {
      expect(await stores().roles.remove({ accountId: B, personId: ROBIN.id, etag, audit })).toBe("conflict");
    }

    expect(await Promise.all(Object.values(reads(stores(), A)).map((read) => read()))).toEqual(ofA);
    expect(await stores().audit.list({ accountId: B, limit: 9 })).toEqual([]);
  });
}
