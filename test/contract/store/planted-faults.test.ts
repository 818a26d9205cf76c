import { describe, expect, it } from "vitest";
import { contractUnder, type Outcome } from "./planted-faults/contract-under-fault.ts";
import type { PlantedFault } from "./planted-faults/planted-fault.ts";

const race = (what: string) => `stores one of many that change ${what} at once, from one version`;

interface Case {
  readonly fault: PlantedFault;
  /** Tests of the contract that have to notice it. */
  readonly noticing: readonly string[];
  /** Tests that it does not touch: the stores are sound otherwise. */
  readonly standing: readonly string[];
}

const CASES: readonly Case[] = [
  {
    fault: "no partition filter",
    noticing: [
      "shows an account's data to that account, and nothing of it to another, in every read",
      "keeps a journey in its account, whoever holds its tag",
      "gives the account's open journeys, newest first",
      "counts the cards on screen, and pages through the alerts that have one, open ones apart",
      "gives the tenants whose time has come, the longest due first, paused ones left out",
    ],
    standing: [
      "finds a journey by id, by its link and by a leg's state, over a restart too",
      "keeps one open move per tenant; an ended one makes room",
      "takes no etag that it never gave",
    ],
  },
  {
    fault: "lost etag",
    noticing: [
      "stores nothing of a page when a record changed since, or the sync state did",
      "updates a record with its audit rows, or neither",
      "keeps one delivery per conversation and alert, the first worker's",
      "lets only the writer through who saw the newest version, and audits only that one",
      ...["a link", "a sync state", "an alert", "a page of alerts", "a card", "settings", "a role"].map(race),
      ...["a consent journey", "a move", "a small value"].map(race),
    ],
    standing: [
      "stores a page with the watermark, all of it, and keeps it over a restart",
      "stores nothing of a page when one record exists by now",
      // Whoever takes a name creates an item of that name, which needs no etag.
      race("the name of an organization"),
    ],
  },
  {
    fault: "page in pieces",
    noticing: [
      "stores nothing of a page when one record exists by now",
      "stores nothing of a page when a record changed since, or the sync state did",
      "updates a record with its audit rows, or neither",
      "appends all rows or none, and no id twice",
      "opens one of two moves that are asked for at once, and tells the other which",
    ],
    standing: [
      "stores a page with the watermark, all of it, and keeps it over a restart",
      "keeps one delivery per conversation and alert, the first worker's",
      "keeps one open move per tenant; an ended one makes room",
    ],
  },
];

/*
 * That the contract suite is worth its name: on stores with a mistake planted between them and Cosmos DB its tests fail, and
 * those that the mistake does not concern pass. That all pass without it is what cosmos.contract.test.ts shows.
 */
describe("the store contract, on stores with a fault in them", () => {
  it.each(CASES)("notices: $fault", { timeout: 180_000 }, async ({ fault, noticing, standing }) => {
    const expected: readonly (readonly [string, Outcome])[] = [
      ...noticing.map((title) => [title, "failed"] as const),
      ...standing.map((title) => [title, "passed"] as const),
    ];
    const titles = expected.map(([title]) => title);
    const outcomes = await contractUnder(fault, titles);
    const inOrder = outcomes.toSorted(([left], [right]) => titles.indexOf(left) - titles.indexOf(right));
    expect(inOrder).toEqual(expected);
  });
});
