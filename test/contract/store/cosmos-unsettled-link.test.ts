import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "../../../services/domain/instant.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { claimPartition } from "../../../services/store/cosmos/cosmos-item.ts";
import { type OpenedCosmos, openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, B, link, organization, ROBIN, record, START, sync } from "./store-samples.ts";

describe("a link whose claim is not held yet", () => {
  const clock = movedClock();
  const scope = { accountId: A, tenantId: "contested" };
  const settings = { comment: { value: false, setBy: ROBIN, setAt: START } };
  const before = { held: async (): Promise<unknown> => undefined };
  let opened: OpenedCosmos;
  let stores: Stores;

  beforeEach(async () => {
    opened = await openCosmosForTest(clock, {
      plant: (container) => ({
        ...container,
        write: async (partition, steps) => {
          const holds = partition === claimPartition(scope.tenantId) && steps[0]?.do === "replace";
          if (holds) await before.held();
          return await container.write(partition, steps);
        },
      }),
    });
    stores = opened.stores;
    for (const accountId of [A, B]) await stores.organizations.add(organization({ accountId, id: "o", name: "O" }));
  });
  afterEach(() => opened.dispose());

  async function create(accountId: string) {
    const item = link({ ...scope, accountId, organizationId: "o" });
    return await stores.links.create({ link: item, sync: sync(item), audit: auditRow({ accountId }) });
  }

  async function createAndDie() {
    before.held = () => Promise.reject(new Error("killed"));
    await expect(create(A)).rejects.toThrow("killed");
    before.held = async () => undefined;
  }

  it("takes no settings, so that none wait for whoever links the tenant next", async () => {
    await createAndDie();
    expect(await stores.settings.put({ level: scope, settings, etag: null, audit: [] })).toBe("conflict");
    expect(await stores.settings.get(scope)).toEqual({ value: {}, etag: null });
  });

  it("takes no alerts", async () => {
    await createAndDie();
    const page = { scope, records: [{ record: record(scope), etag: null }] };
    expect(await stores.alerts.storePage(page)).toBe("conflict");
    expect(await stores.alerts.list({ accountId: A, tenantId: null, filter: {}, offset: 0, limit: 9 })).toEqual([]);
  });

  it("is taken back once the tenant is another account's, and takes no alerts from then on either", async () => {
    await createAndDie();
    clock.advance(HOUR);
    expect(await create(B)).toEqual({ kind: "linked" });
    await stores.sweep();
    const page = { scope, records: [{ record: record(scope), etag: null }] };
    expect(await stores.alerts.storePage(page)).toBe("conflict");
  });

  it("is told as made to whoever made it, also where the organization gets another name in between", async () => {
    before.held = async () => {
      before.held = async () => undefined;
      const old = (await stores.organizations.get(A, "o")) ?? organization();
      const rename = { before: old, after: { ...old, name: "New" }, audit: auditRow() };
      expect(await stores.organizations.rename(rename)).toEqual({ kind: "renamed" });
    };
    expect(await create(A)).toEqual({ kind: "linked" });
    const links = await stores.links.list({ accountId: A, offset: 0, limit: 9 });
    expect(links.map(({ organizationName }) => organizationName)).toEqual(["New"]);
  });
});
