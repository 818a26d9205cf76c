import { describe } from "vitest";
import { alertListContract } from "./alert-list-contract.ts";
import { alertsContract } from "./alerts-contract.ts";
import { auditContract } from "./audit-contract.ts";
import { consentsContract } from "./consents-contract.ts";
import { ephemeralContract } from "./ephemeral-contract.ts";
import { isolationContract } from "./isolation-contract.ts";
import { linkChecksContract } from "./link-checks-contract.ts";
import { linkRaceContract } from "./link-race-contract.ts";
import { linksContract } from "./links-contract.ts";
import { modelContract } from "./model/model-contract.ts";
import { movesContract } from "./moves-contract.ts";
import type { OpenStore } from "./opened-store.ts";
import { organizationsContract } from "./organizations-contract.ts";
import { peopleContract } from "./people-contract.ts";
import { removalsContract } from "./removals-contract.ts";
import { settingsContract } from "./settings-contract.ts";
import { syncsContract } from "./syncs-contract.ts";
import { versionRaceContract } from "./version-race-contract.ts";

/** What every implementation of the stores keeps; `open` gives an empty store for each test. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`store contract: ${name}`, () => {
    describe("organizations", () => organizationsContract(open));
    describe("links", () => linksContract(open));
    describe("checks of links", () => linkChecksContract(open));
    describe("links under races", () => linkRaceContract(open));
    describe("moves", () => movesContract(open));
    describe("removals", () => removalsContract(open));
    describe("syncs", () => syncsContract(open));
    describe("alerts and deliveries", () => alertsContract(open));
    describe("alert lists", () => alertListContract(open));
    describe("settings and audit", () => settingsContract(open));
    describe("audit log", () => auditContract(open));
    describe("roles, conversations, bindings", () => peopleContract(open));
    describe("consents", () => consentsContract(open));
    describe("ephemeral values and life", () => ephemeralContract(open));
    describe("versions under races", () => versionRaceContract(open));
    describe("isolation of accounts", () => isolationContract(open));
    describe("as a model", () => modelContract(open));
  });
}
