import { connectedCard } from "../../../cards/connected-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { BY_TENANT, DEFAULT, HOSTILE_LONG, LATER, overviewOf, permissionsOf } from "./example-parts.ts";

export const connectedCardExamples: CardExamples = {
  minimal: () =>
    connectedCard({
      overview: overviewOf({ sync: null, counts: { open: 0, olderOpen: 0, total: 0 } }),
      missing: [],
      asked: 27,
      autoResolve: { on: false, origin: BY_TENANT },
      postedIn: "this chat",
      consentedAgainAt: null,
    }),
  typical: () =>
    connectedCard({
      overview: overviewOf(),
      missing: [],
      asked: 27,
      autoResolve: { on: true, origin: DEFAULT },
      postedIn: "SOC / Alerts",
      consentedAgainAt: null,
    }),
  worst: () =>
    connectedCard({
      overview: overviewOf(
        { organizationName: HOSTILE_LONG, counts: { open: 10_412, olderOpen: 9_999, total: 20_000 } },
        { tenantName: HOSTILE_LONG, tenantDomain: HOSTILE_LONG, state: "permissionsMissing" },
      ),
      missing: permissionsOf(27).map((permission) => ({ ...permission, without: HOSTILE_LONG })),
      asked: 27,
      autoResolve: { on: true, origin: DEFAULT },
      postedIn: HOSTILE_LONG,
      consentedAgainAt: null,
    }),
  more: {
    again: () =>
      connectedCard({
        overview: overviewOf(),
        missing: [],
        asked: 27,
        autoResolve: { on: true, origin: DEFAULT },
        postedIn: "SOC / Alerts",
        consentedAgainAt: LATER,
      }),
    againMissing: () =>
      connectedCard({
        overview: overviewOf({}, { state: "permissionsMissing" }),
        missing: permissionsOf(2),
        asked: 27,
        autoResolve: { on: true, origin: DEFAULT },
        postedIn: "SOC / Alerts",
        consentedAgainAt: LATER,
      }),
  },
};
