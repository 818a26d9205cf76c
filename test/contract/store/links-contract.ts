import { expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import {
  A,
  auditRow,
  B,
  delivery,
  link,
  linked,
  organization,
  ROBIN,
  record,
  removal,
  START,
  stored,
  sync,
} from "./store-samples.ts";

export function linksContract(open: OpenStore): void {
  const { stores, opened } = bench(open);
  const create = (item: TenantLink, audit = auditRow({ accountId: item.accountId })) =>
    stores().links.create({ link: item, sync: sync(item), audit });
  const added = async (accountId: string, name?: string) => {
    const item = organization({ accountId, ...(name === undefined ? {} : { name }) });
    await stores().organizations.add(item);
    return item.id;
  };

  it("creates link, sync state and audit row together, and keeps them over a restart", async () => {
    const item = link({ organizationId: await added(A) });
    const row = auditRow();
    expect(await create(item, row)).toEqual({ kind: "linked" });
    const again = await opened().reopen();
    expect((await again.links.get(item))?.value).toEqual(item);
    expect((await again.syncs.get(item))?.value).toEqual(sync(item));
    expect(await again.audit.list({ accountId: A, limit: 10 })).toEqual([row]);
    expect(await again.links.findByOrganization(A, item.organizationId)).toEqual(item);
    expect((await again.links.findByTenant(item.tenantId))?.value).toEqual(item);
  });

  it("refuses a tenant that is linked here, naming its organization", async () => {
    const item = link({ organizationId: await added(A) });
    await create(item);
    const outcome = await create({ ...item, organizationId: await added(A) });
    expect(outcome).toEqual({ kind: "tenantLinkedHere", organizationId: item.organizationId });
  });

  it("refuses a tenant that another account linked, and tells nothing of that account", async () => {
    const item = link({ organizationId: await added(A) });
    await create(item);
    const outcome = await create({ ...item, accountId: B, organizationId: await added(B) });
    expect(outcome).toEqual({ kind: "tenantLinkedElsewhere" });
    expect(await stores().audit.list({ accountId: B, limit: 10 })).toEqual([]);
    expect(await stores().syncs.get({ accountId: B, tenantId: item.tenantId })).toBeNull();
  });

  it("refuses an organization that has a tenant", async () => {
    const first = link({ organizationId: await added(A) });
    await create(first);
    const second = link({ organizationId: first.organizationId });
    expect(await create(second)).toEqual({ kind: "organizationHasTenant", tenantId: first.tenantId });
    expect(await stores().links.findByTenant(second.tenantId)).toBeNull();
  });

  it("stores nothing for an organization that is not the account's", async () => {
    const foreign = link({ organizationId: await added(B) });
    await expect(create(foreign)).rejects.toBeInstanceOf(Breakdown);
    expect(await stores().links.findByTenant(foreign.tenantId)).toBeNull();
    expect(await stores().audit.list({ accountId: A, limit: 10 })).toEqual([]);
  });

  it("updates the version that was read, once", async () => {
    const scope = await linked(stores());
    const read = await stores().links.get(scope);
    const paused = { ...link({ ...read?.value }), state: "paused" as const };
    const row = auditRow({ verb: "tenant.pause" });
    const input = { link: paused, etag: read?.etag ?? "", audit: row };
    expect(await stores().links.update(input)).toBe("stored");
    expect((await stores().links.get(scope))?.value).toEqual(paused);
    expect(await stores().links.update({ ...input, audit: auditRow({ verb: "late" }) })).toBe("conflict");
    const verbs = (await stores().audit.list({ accountId: A, limit: 10 })).map(({ verb }) => verb);
    expect(verbs).toEqual(["tenant.pause", "tenant.link"]);
  });

  it("moves a link to a free organization, never to one that has a tenant", async () => {
    const scope = await linked(stores());
    const other = await linked(stores());
    const free = await added(A);
    const read = await stores().links.get(scope);
    const taken = (await stores().links.get(other))?.value.organizationId ?? "";
    const moved = (organizationId: string) => link({ ...read?.value, organizationId });
    expect(await stores().links.update({ link: moved(taken), etag: read?.etag ?? "" })).toBe("conflict");
    expect(await stores().links.update({ link: moved(free), etag: read?.etag ?? "" })).toBe("stored");
    expect((await stores().links.findByOrganization(A, free))?.tenantId).toBe(scope.tenantId);
    expect(await stores().links.findByOrganization(A, read?.value.organizationId ?? "")).toBeNull();
  });

  it("lists by organization name with text in organization, tenant name or domain, and counts by state", async () => {
    await linked(stores(), { tenantName: "Zulu Works", tenantDomain: "zulu.example" }, "Beta");
    await linked(stores(), { tenantName: "Yankee", tenantDomain: "y.example", state: "paused" }, "alpha Zulu");
    await linked(stores(), { tenantName: "Xray", tenantDomain: "x.example" }, "Gamma");
    const names = async (input: Partial<Parameters<Stores["links"]["list"]>[0]>) => {
      const found = await stores().links.list({ accountId: A, offset: 0, limit: 10, ...input });
      return found.map(({ organizationName, link: { tenantName } }) => `${organizationName}: ${tenantName}`);
    };
    expect(await names({})).toEqual(["alpha Zulu: Yankee", "Beta: Zulu Works", "Gamma: Xray"]);
    expect(await names({ text: "zULu" })).toEqual(["alpha Zulu: Yankee", "Beta: Zulu Works"]);
    expect(await names({ text: "x.exam" })).toEqual(["Gamma: Xray"]);
    expect(await names({ offset: 1, limit: 1 })).toEqual(["Beta: Zulu Works"]);
    expect(await names({ states: ["paused", "notAnswering"] })).toEqual(["alpha Zulu: Yankee"]);
    expect(await names({ states: ["connected"], text: "zulu" })).toEqual(["Beta: Zulu Works"]);
    expect(await names({ states: ["connected"], offset: 1, limit: 1 })).toEqual(["Gamma: Xray"]);
    expect(await names({ states: [] })).toEqual([]);
    expect(await stores().links.countByState({ accountId: A })).toEqual({ connected: 2, paused: 1 });
    expect(await stores().links.countByState({ accountId: A, text: "zulu" })).toEqual({ connected: 1, paused: 1 });
    expect(await stores().links.countByState({ accountId: B })).toEqual({});
  });

  it("removes the link with all that hangs on it, and nothing of other tenants", async () => {
    const scope = await linked(stores());
    const other = await linked(stores());
    const settings = { autoResolve: { value: false, setBy: ROBIN, setAt: START } };
    for (const tenant of [scope, other]) {
      const item = record(tenant, { id: "same-id" });
      await stored(stores(), item);
      await stores().deliveries.put({ delivery: delivery(tenant, "same-id"), etag: null });
      await stores().settings.put({ level: tenant, settings, etag: null, audit: [] });
    }
    const etag = (await stores().links.get(scope))?.etag ?? "";
    const row = auditRow({ verb: "tenant.remove" });
    expect(await stores().links.remove({ ...removal(scope, row), etag: "1000000" })).toBe("conflict");
    expect(await stores().links.remove({ ...removal(scope, row), etag })).toBe("stored");

    const left = async (tenant: typeof scope) => [
      await stores().links.get(tenant),
      await stores().syncs.get(tenant),
      await stores().alerts.get(tenant, "same-id"),
      (await stores().deliveries.ofAlert(tenant, "same-id"))[0] ?? null,
      (await stores().settings.get(tenant)).etag,
    ];
    expect(await left(scope)).toEqual([null, null, null, null, null]);
    expect((await left(other)).filter((item) => item === null)).toEqual([]);
    expect((await stores().audit.list({ accountId: A, limit: 1 }))[0]).toEqual(row);
  });

  it("takes no page, delivery or settings for a tenant that is no longer linked", async () => {
    const scope = await linked(stores());
    const etag = (await stores().links.get(scope))?.etag ?? "";
    await stores().links.remove({ ...removal(scope), etag });
    const item = record(scope);
    const page = { scope, records: [{ record: item, etag: null }] };
    expect(await stores().alerts.storePage(page)).toBe("conflict");
    expect(await stores().deliveries.put({ delivery: delivery(scope, item.alert.id), etag: null })).toEqual({
      kind: "conflict",
    });
    expect(await stores().settings.put({ level: scope, settings: {}, etag: null, audit: [] })).toBe("conflict");
  });

  it("links a removed tenant afresh: what was read of the old link fits nothing of the new one", async () => {
    const scope = await linked(stores());
    const old = await stores().links.get(scope);
    const oldSync = await stores().syncs.get(scope);
    await stores().links.remove({ ...removal(scope), etag: old?.etag ?? "" });
    expect(await create(link({ ...old?.value }))).toEqual({ kind: "linked" });
    const late = sync(scope, { watermark: START });
    expect(await stores().syncs.update({ sync: late, etag: oldSync?.etag ?? "" })).toBe("conflict");
    expect((await stores().syncs.get(scope))?.value.watermark).toBeNull();
  });
}
