import { describe } from "vitest";
import { alertsContract } from "../alerts-contract.ts";
import { consentsContract } from "../consents-contract.ts";
import { isolationContract } from "../isolation-contract.ts";
import { movesContract } from "../moves-contract.ts";
import { openCosmosForTest } from "../open-cosmos-for-test.ts";
import type { OpenStore } from "../opened-store.ts";
import { settingsContract } from "../settings-contract.ts";
import { syncsContract } from "../syncs-contract.ts";
import { versionRaceContract } from "../version-race-contract.ts";
import { PLANTED, type PlantedFault } from "./planted-fault.ts";

/*
 * The parts of the contract that a fault must not get past, on stores that have it. planted-faults.test.ts runs this file in a
 * process of its own (vitest.faults.config.ts), for each fault once; most of what it runs fails, as it should.
 */
const PARTS: Readonly<Record<PlantedFault, readonly ((open: OpenStore) => void)[]>> = {
  "no partition filter": [isolationContract, consentsContract, movesContract, syncsContract],
  "lost etag": [versionRaceContract, alertsContract, settingsContract],
  "page in pieces": [alertsContract, settingsContract, movesContract],
};

for (const [fault, plant] of Object.entries(PLANTED)) {
  if (fault !== process.env.PLANTED_FAULT) continue;
  for (const part of PARTS[fault as PlantedFault]) {
    describe(part.name, () => part((clock) => openCosmosForTest(clock, { plant })));
  }
}
