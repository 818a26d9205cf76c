import { consentCard } from "../../../cards/consent-card.ts";
import type { ConsentState } from "../../../services/domain/consent-journey.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, journeyOf, LATER, PRIYA, permissionsOf } from "./example-parts.ts";

const consentUrl = "https://watchdesk.example/consent/start?link=V1StGXR8_Z5jdHi6B-myT_aQ";
const accountName = "Fabrikam Security";
const permissions = permissionsOf(27);
const tenant = { id: "t", name: "Contoso Dental GmbH", domain: "contoso-dental.example" };

const inState = (state: ConsentState) => () =>
  consentCard({
    journey: journeyOf({ state, openedAt: LATER, tenant: state === "waiting" ? null : tenant }),
    consentUrl,
    accountName,
    permissions,
  });

const againInState =
  (state: ConsentState, explanation: string | null = null) =>
  () =>
    consentCard({
      journey: journeyOf({ purpose: "again", expectedTenantId: "t", state, openedAt: LATER, explanation }),
      consentUrl,
      accountName,
      permissions,
    });

export const consentCardExamples: CardExamples = {
  minimal: () =>
    consentCard({
      journey: journeyOf({ state: "cancelled", expectedDomain: null }),
      consentUrl: null,
      accountName,
      permissions: [],
    }),
  typical: inState("waiting"),
  worst: () =>
    consentCard({
      journey: journeyOf({
        organizationName: HOSTILE_LONG,
        requestedBy: { ...PRIYA, name: HOSTILE_LONG },
        expectedDomain: HOSTILE,
        state: "declined",
        explanation: HOSTILE_LONG,
        tenant: { id: "t", name: HOSTILE_LONG, domain: HOSTILE },
      }),
      consentUrl,
      accountName: HOSTILE_LONG,
      permissions: permissionsOf(27).map((permission) => ({ ...permission, why: HOSTILE_LONG })),
    }),
  more: {
    opened: inState("opened"),
    wrongTenant: inState("wrongTenant"),
    notAdmin: inState("notAdmin"),
    refused: inState("refused"),
    awaitingConfirmation: inState("awaitingConfirmation"),
    granted: inState("granted"),
    checking: inState("checking"),
    connected: inState("connected"),
    expired: inState("expired"),
    failed: inState("failed"),
    again: againInState("waiting"),
    againGranted: againInState(
      "granted",
      "25 of 27 permissions are granted so far. Microsoft can take 10 minutes to show the others; they are looked for.",
    ),
    againFailed: againInState("failed"),
  },
};
