import { tenantCard } from "../../../cards/tenant-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG, journeyOf, LATER, overviewOf, PRIYA, permissionsOf, settingsOf } from "./example-parts.ts";

const settings = settingsOf();

export const tenantCardExamples: CardExamples = {
  minimal: () =>
    tenantCard({
      overview: overviewOf({ sync: null, counts: { open: 0, olderOpen: 0, total: 0 } }),
      missing: [],
      asked: 27,
      settings,
      admin: false,
    }),
  typical: () => tenantCard({ overview: overviewOf(), missing: [], asked: 27, settings, admin: true }),
  worst: () =>
    tenantCard({
      overview: overviewOf(
        { organizationName: HOSTILE_LONG },
        {
          state: "consentRevoked",
          tenantName: HOSTILE_LONG,
          tenantDomain: HOSTILE_LONG,
          linkedBy: { ...PRIYA, name: HOSTILE_LONG },
          trouble: { sentence: HOSTILE_LONG, detail: HOSTILE_LONG, since: LATER, mender: "customer" },
        },
      ),
      missing: permissionsOf(27).map((permission) => ({ ...permission, without: HOSTILE_LONG })),
      asked: 27,
      settings,
      admin: true,
      consent: journeyOf({ purpose: "again", requestedBy: { ...PRIYA, name: HOSTILE_LONG } }),
    }),
  more: {
    synced: () =>
      tenantCard({ overview: overviewOf(), missing: [], asked: 27, settings, admin: true, note: "Sync is asked for." }),
    revoked: () =>
      tenantCard({
        overview: overviewOf(
          {},
          {
            state: "consentRevoked",
            trouble: {
              sentence: "The tenant no longer lets Watchdesk in.",
              detail: "AADSTS700016",
              since: LATER,
              mender: "customer",
            },
          },
        ),
        missing: [],
        asked: 27,
        settings,
        admin: true,
      }),
    conditionalAccess: () =>
      tenantCard({
        overview: overviewOf(
          {},
          {
            state: "notAnswering",
            trouble: {
              sentence: "A Conditional Access policy of the tenant keeps Watchdesk out.",
              detail: "AADSTS53003",
              since: LATER,
              mender: "customer",
            },
          },
        ),
        missing: [],
        asked: 27,
        settings,
        admin: true,
        warning: "The permissions could not be checked: Microsoft sign-in is failing.",
      }),
    paused: () =>
      tenantCard({ overview: overviewOf({}, { state: "paused" }), missing: [], asked: 27, settings, admin: true }),
    permissionsMissing: () =>
      tenantCard({
        overview: overviewOf({}, { state: "permissionsMissing" }),
        missing: permissionsOf(2),
        asked: 27,
        settings,
        admin: true,
        consent: journeyOf({ purpose: "again", state: "opened" }),
      }),
  },
};
