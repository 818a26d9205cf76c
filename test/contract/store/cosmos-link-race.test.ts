import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../services/domain/instant.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { CosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import { openCosmosStores } from "../../../services/store/cosmos/open-cosmos-stores.ts";
import { mortal } from "./mortal-container.ts";
import { type OpenedContainer, openCosmosContainer } from "./open-cosmos-container.ts";
import { type MovedClock, movedClock } from "./opened-store.ts";
import { A, auditRow, B, link, organization, sync } from "./store-samples.ts";

const ATTEMPTS = 50;

describe("50 consents for one tenant from two accounts, of which some processes die on the way", () => {
  let cosmos: OpenedContainer;
  let clock: MovedClock;
  beforeEach(async () => {
    cosmos = await openCosmosContainer();
    clock = movedClock();
  });
  afterEach(() => cosmos.dispose());

  const storesOn = (container: CosmosContainer): Stores =>
    openCosmosStores({ container, clock, accountIds: [A, B], retentionMs: 180 * DAY });
  const itemsOf = (kind: "claim" | "link") => cosmos.connect().findRaw({ partition: null, kind });

  it.each([1, 2, 3, 4])(
    "leave one link at most and no orphan after the sweep, each dead after %i writes",
    async (writes) => {
      const customers = Array.from({ length: ATTEMPTS }, (_, nth) =>
        organization({ accountId: nth % 2 === 0 ? A : B }),
      );
      const alive = storesOn(cosmos.connect());
      for (const customer of customers) await alive.organizations.add(customer);
      const attempts = customers.map(async (customer, nth): Promise<string> => {
        const container = nth % 5 === 0 ? mortal(cosmos.connect(), writes) : cosmos.connect();
        const { accountId } = customer;
        const item = link({ accountId, organizationId: customer.id, tenantId: "contested" });
        try {
          return (
            await storesOn(container).links.create({ link: item, sync: sync(item), audit: auditRow({ accountId }) })
          ).kind;
        } catch {
          return "unknown";
        }
      });
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter((kind) => kind === "linked").length).toBeLessThanOrEqual(1);

      clock.advance(2 * MINUTE);
      cosmos.advance(2 * 60 * MINUTE);
      await alive.sweep();
      const [claims, links] = [await itemsOf("claim"), await itemsOf("link")];
      expect(links.length).toBeLessThanOrEqual(1);
      expect(links.map(({ keys }) => keys.settled)).toEqual(links.map(() => true));
      expect(claims).toHaveLength(links.length);
      const holders = await Promise.all(
        [A, B].map((accountId) => alive.organizations.list({ accountId, linked: true, offset: 0, limit: 100 })),
      );
      expect(holders.flat()).toHaveLength(links.length);

      const [next] = customers;
      if (next === undefined || links.length === 1) return;
      const again = link({ accountId: next.accountId, organizationId: next.id, tenantId: "contested" });
      expect(await alive.links.create({ link: again, sync: sync(again), audit: auditRow() })).toEqual({
        kind: "linked",
      });
    },
    60_000,
  );
});
