import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import type { RawItem } from "../../services/store/cosmos/cosmos-item.ts";
import { beginConnection } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import type { House } from "./house.ts";
import { type KilledHouse, openKilledHouse } from "./killed-house.ts";
import { withStores } from "./seed-tenants.ts";
import { ask } from "./story.ts";

const SECOND = 1_000;

describe("kill -9 at a write", () => {
  let killed: KilledHouse;
  beforeAll(async () => {
    killed = await openKilledHouse();
  }, 120_000);
  afterAll(() => killed.close());

  it("of a consent: the tenant is linked once, to that organization, and nothing is left over", async () => {
    const { house, admin, bot, errors } = killed;
    const accountId = house.world.account.tenantId;
    const { displayName } = house.world.tenant("B");
    const domain = house.world.tenant("B").verifiedDomains[0]?.name ?? "";
    const scopeOfB = { accountId, tenantId: house.world.tenant("B").tenantId };
    const linkOf = () => withStores(house, (stores) => stores.links.get(scopeOfB));
    const { kills } = await killed.atEachWrite(async (point) => {
      const organization = `Customer killed ${point.when} write ${point.nth}`;
      await bot.pass(5 * SECOND);
      const { messageId, consentUrl } = await beginConnection(house, admin, { organization, domain });
      const walk = () => walkConsent(newBrowser(), consentUrl, { user: "admin-b" });
      bot.killAt(point);
      // The browser of the customer's admin finds nobody there.
      await walk().catch(() => undefined);
      for (let pass = 0; pass < 2 && bot.isAlive(); pass += 1) await bot.pass(5 * SECOND);
      return {
        recovered: async () => {
          if ((await linkOf()) === null) {
            await bot.pass(5 * SECOND);
            // Opens the link once more; it may have done its work already.
            if ((await linkOf()) === null) await walk().catch(() => undefined);
          }
          const card = () => house.sandbox.teams.messages(admin).find(({ id }) => id === messageId);
          const isConnected = () => JSON.stringify(card()?.base ?? {}).includes("Connected");
          await killed.until(`The connection of ${organization}`, isConnected);
          await killed.until("A sweep", async () => (await leftOvers(house)).length === 0);
          await withStores(house, async (stores) => {
            const link = await stores.links.get(scopeOfB);
            const held = await stores.organizations.get(accountId, link?.value.organizationId ?? "");
            expect([held?.name, link?.value.tenantName]).toEqual([organization, displayName]);
            const linked = await stores.audit.list({ ...scopeOfB, verb: "tenant.link", limit: 100 });
            expect(new Set(linked.map(({ operationId }) => operationId)).size, organization).toBe(linked.length);
            if (link === null) return;
            const removed = {
              ...{ tenantName: displayName, organizationId: link.value.organizationId, organizationName: organization },
              ...{ removedBy: link.value.linkedBy, removedAt: house.now().toISOString() },
            };
            await stores.links.remove({
              scope: scopeOfB,
              etag: link.etag,
              tombstone: { ...scopeOfB, ...removed },
              cardsDueAt: house.now().toISOString(),
              audit: { ...(linked[0] as (typeof linked)[number]), id: crypto.randomUUID(), verb: "tenant.remove" },
            });
          });
          house.world.revokeConsent(scopeOfB.tenantId);
        },
      };
    });
    expect(kills).toBeGreaterThan(6);
    expect(await ask(house, admin, "audit verify")).toContain("nothing was altered, removed or reordered");
    expect(errors).toEqual([]);
    expect(house.sandbox.unknownRequests).toEqual([]);
  }, 400_000);
});

/** What a crash may leave in Cosmos DB until the sweep: links that are not settled, and claims that no link stands on. */
async function leftOvers(house: House): Promise<readonly string[]> {
  const { cosmos } = house.store;
  if (cosmos === null) return [];
  const { endpoint, key } = cosmos;
  const { container, close } = connectCosmos({ endpoint, key, database: house.store.settings.COSMOS_DATABASE ?? "" });
  const sql = "SELECT c.id, c.pk, c.kind, c.keys FROM c WHERE c.kind IN ('link', 'claim')";
  const items = (await container.items.query<Pick<RawItem, "id" | "pk" | "kind" | "keys">>(sql).fetchAll()).resources;
  close();
  const links = items.filter(({ kind }) => kind === "link");
  const claims = items.filter(({ kind }) => kind === "claim");
  const unsettled = links.filter(({ keys }) => keys.settled !== true).map(({ id }) => id);
  const orphans = claims.filter(({ pk }) => !links.some(({ keys }) => pk === `claim:${keys.tenantId}`));
  return [...unsettled, ...orphans.map(({ pk }) => pk)];
}
