import { tenantsCard } from "../../../cards/tenants-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, journeyOf, overviewOf, times } from "./example-parts.ts";

export const tenantsCardExamples: CardExamples = {
  minimal: () => tenantsCard({ counts: {}, waiting: [], rows: [], filter: "", offset: 0, total: 0, unproven: 0 }),
  typical: () =>
    tenantsCard({
      counts: { connected: 9, permissionsMissing: 1, consentRevoked: 1, notAnswering: 1 },
      waiting: [journeyOf({ organizationName: "Adatum" })],
      rows: [
        overviewOf(),
        overviewOf({ organizationName: "Northwind Traders", sync: null, counts: { open: 0, olderOpen: 0, total: 0 } }),
        overviewOf({ organizationName: "Tailspin Toys" }, { state: "consentRevoked" }),
        overviewOf({ organizationName: "Wingtip Care", proven: false, counts: { open: 0, olderOpen: 0, total: 12 } }),
      ],
      filter: "",
      offset: 0,
      total: 12,
      unproven: 3,
    }),
  worst: () =>
    tenantsCard({
      counts: {
        connected: 9_000,
        permissionsMissing: 1,
        consentRevoked: 1,
        notAnswering: 1,
        paused: 2,
        credentialFailing: 3,
        defenderNotAvailable: 1,
      },
      waiting: times(30, () => journeyOf({ organizationName: HOSTILE_LONG })),
      rows: times(10, () => overviewOf({ organizationName: HOSTILE_LONG }, { state: "credentialFailing" })),
      filter: HOSTILE,
      offset: 10,
      total: 9_009,
      unproven: 9_007,
    }),
  more: {
    one: () =>
      tenantsCard({
        counts: { connected: 1 },
        waiting: [],
        rows: [overviewOf()],
        filter: "",
        offset: 0,
        total: 1,
        unproven: 0,
      }),
    noMatch: () => tenantsCard({ counts: {}, waiting: [], rows: [], filter: "zzz", offset: 0, total: 0, unproven: 0 }),
  },
};
