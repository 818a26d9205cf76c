import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import { MINUTE, shift } from "../../../services/domain/instant.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import type { CosmosFault } from "../../sandbox/cosmos/cosmos-faults.ts";
import { seeded } from "../../seeded.ts";
import { anyRounds } from "./model/model-contract.ts";
import { type Round, runRounds } from "./model/run-rounds.ts";
import { TRIED_WITHIN_MS, tryInTime } from "./model/try-in-time.ts";
import { Worker } from "./model/worker.ts";
import { type OpenedCosmos, openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, linked, organization, ROBIN, START } from "./store-samples.ts";

/*
 * Whatever goes wrong between the stores and Cosmos DB, nothing is lost and nothing is doubled. The faults are played by the
 * simulated Cosmos DB itself, before it carries out a request or instead of its answer: the stores reach it over HTTP on
 * loopback, through Microsoft's client, so a broken connection is one.
 */

const SLOW: CosmosFault = { slowMs: 30 };
const DONE_ALL_THE_SAME: readonly CosmosFault[] = ["429", "449", "408", "503", "503After", "resetBefore", "resetAfter"];
const FAULTS: readonly CosmosFault[] = [...DONE_ALL_THE_SAME, "412", SLOW];

/** A 412 ends a call without an answer at once; the others mostly do not. */
const MIX: readonly CosmosFault[] = [...FAULTS, "412", "412"];

describe("a request that meets a fault", () => {
  const level = { accountId: A, tenantId: null };
  const settings = { comment: { value: false, setBy: ROBIN, setAt: START } };
  let cosmos: OpenedCosmos;
  beforeEach(async () => {
    cosmos = await openCosmosForTest(movedClock());
  });
  afterEach(async () => {
    cosmos.server.faults.clear();
    await cosmos.dispose();
  });
  const put = () => cosmos.stores.settings.put({ level, settings, etag: null, audit: [auditRow()] });
  const rows = async () => (await verifyAudit({ audit: cosmos.stores.audit }, { accountId: A })).rowsThatHold;

  it.each([...DONE_ALL_THE_SAME, SLOW])("is done, once, with one audit row: %j", async (fault) => {
    cosmos.server.faults.next(fault, { operation: "batch" });
    expect(await put()).toBe("stored");
    expect(cosmos.server.faults.take("batch")).toBeNull();
    expect((await cosmos.stores.settings.get(level)).value).toEqual(settings);
    expect(await rows()).toBe(1);
  });

  it.each([...DONE_ALL_THE_SAME, SLOW])("is done each time that it meets several at once: %j", async (fault) => {
    cosmos.server.faults.next(fault, { times: 2 });
    expect(await put()).toBe("stored");
    expect(await rows()).toBe(1);
  });

  it("is refused as a whole, and nothing of it is done: 412", async () => {
    cosmos.server.faults.next("412", { operation: "batch" });
    await expect(put()).rejects.toMatchObject({ name: "Breakdown", code: "store-unavailable", detail: "412" });
    expect(await cosmos.stores.settings.get(level)).toEqual({ value: {}, etag: null });
    expect(await rows()).toBe(0);
  });

  it.each([...DONE_ALL_THE_SAME, SLOW])("is answered where it only reads: %j", async (fault) => {
    const customer = organization();
    await cosmos.stores.organizations.add(customer);
    for (const operation of ["read", "query"] as const) cosmos.server.faults.next(fault, { operation });
    expect(await cosmos.stores.organizations.get(A, customer.id)).toEqual(customer);
    expect(await cosmos.stores.organizations.list({ accountId: A, offset: 0, limit: 9 })).toEqual([customer]);
    for (const operation of ["read", "query"] as const) expect(cosmos.server.faults.take(operation)).toBeNull();
  });

  it("is one of many whose first answers are all lost: each tenant is linked once, with its audit row", async () => {
    cosmos.server.faults.next("resetAfter", { operation: "batch", times: 20 });
    await Promise.all(Array.from({ length: 5 }, () => linked(cosmos.stores)));
    cosmos.server.faults.clear();
    expect(await cosmos.stores.links.list({ accountId: A, offset: 0, limit: 9 })).toHaveLength(5);
    expect(await rows()).toBe(5);
  });
});

/** A clock on which a minute passes in a few hundredths of a second, so that who waits for a dead one's claim waits no longer. */
function hurriedClock(): Clock {
  const begun = performance.now();
  return { now: () => shift(START, ((performance.now() - begun) / 50) * MINUTE) };
}

describe("calls in a bad hour of Cosmos", () => {
  async function run(workers: number, rounds: readonly Round[], seed: number): Promise<void> {
    const opened = await openCosmosForTest(hurriedClock());
    const { faults } = opened.server;
    const random = seeded(seed);
    try {
      const stores = [opened.stores];
      while (stores.length < workers) stores.push(await opened.second());
      const team = stores.map((each, number) => new Worker(each, number));
      await runRounds(team, rounds, {
        begin: () => faults.mix(MIX, 0.12, random),
        end: async () => {
          faults.clear();
          await opened.stores.sweep();
        },
      });
    } finally {
      faults.clear();
      await opened.dispose();
    }
  }

  it.each([1, 2])(
    "leave what a model holds, nothing lost and nothing doubled, of %i at once",
    async (workers) => {
      const rounds = anyRounds(workers, 5, 4);
      await tryInTime(fc.tuple(rounds, fc.nat()), ([each, seed]) => run(workers, each, seed), { endOnFailure: true });
    },
    TRIED_WITHIN_MS,
  );
});
