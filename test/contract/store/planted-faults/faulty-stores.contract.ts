import { openCosmosForTest } from "../open-cosmos-for-test.ts";
import { storeContract } from "../store-contract.ts";
import { PLANTED } from "./planted-fault.ts";

/*
 * The whole contract, on stores with the fault that PLANTED_FAULT names. planted-faults.test.ts runs the tests in it that it
 * speaks of, in a process of their own (vitest.faults.config.ts); many of them fail, as they should.
 */
for (const [fault, plant] of Object.entries(PLANTED)) {
  if (fault !== process.env.PLANTED_FAULT) continue;
  storeContract(`Cosmos DB, ${fault}`, (clock) => openCosmosForTest(clock, { plant }));
}
