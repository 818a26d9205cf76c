import { asksAgain, type ConsentJourney } from "../services/domain/consent-journey.ts";
import type { Permission } from "../services/domain/permission.ts";
import type { Fact } from "./alert-facts.ts";
import layout from "./consent-card.json" with { type: "json" };
import { consentStateWords } from "./consent-state-words.ts";
import { type PermissionRow, permissionRows, type TierRow, tierRows } from "./permission-rows.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { datedTimeWords, timeWords } from "./time-words.ts";

type ConsentCardData = {
  readonly title: string;
  readonly state: string;
  readonly stateColour: string;
  readonly meaning: string;
  readonly hasTenant: boolean;
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly linkOpen: boolean;
  readonly who: string;
  readonly facts: readonly Fact[];
  readonly asked: string;
  readonly tiers: readonly TierRow[];
  readonly permissions: readonly PermissionRow[];
  readonly hasLink: boolean;
  readonly linkText: string;
  readonly consentUrl: string;
  readonly smallPrint: string;
  readonly awaitsConfirmation: boolean;
  readonly canRenew: boolean;
  readonly canCancel: boolean;
  readonly journeyId: string;
  readonly tenantId: string;
};

const render = compileCard<ConsentCardData>(layout);

/**
 * The connection of one tenant, or its consent asked for again, edited from the first link to its end. `consentUrl` null: the link is not known any
 * more, so its buttons are left out. The permission list is shown while the link can be used.
 */
export function consentCard(input: {
  readonly journey: ConsentJourney;
  readonly consentUrl: string | null;
  readonly accountName: string;
  readonly permissions: readonly Permission[];
}): RenderedCard {
  const { journey } = input;
  const words = consentStateWords(journey.state, asksAgain(journey));
  const organization = plainText(journey.organizationName, 80);
  return { card: render(dataOf(input)), summary: `${titleOf(journey, organization)}: ${words.word.toLowerCase()}` };
}

function dataOf(input: Parameters<typeof consentCard>[0]): ConsentCardData {
  const { journey, consentUrl, permissions } = input;
  const words = consentStateWords(journey.state, asksAgain(journey));
  const organization = inertText(journey.organizationName, 80);
  const account = plainText(input.accountName, 80);
  const ends = datedTimeWords(journey.expiresAt);
  const opened = journey.state === "opened" && journey.openedAt !== null ? ` ${timeWords(journey.openedAt)}` : "";
  const awaitsConfirmation = journey.state === "awaitingConfirmation" && journey.tenant !== null;
  const hasLink = words.linkOpen && consentUrl !== null;
  return {
    title: titleOf(journey, organization),
    state: `${words.icon} ${words.word}${opened}`,
    stateColour: words.colour,
    meaning: journey.explanation === null ? words.meaning : sentences(journey.explanation, 400),
    hasTenant: isProven(journey),
    tenantName: inertText(journey.tenant?.name ?? "", 120),
    tenantDomain: inertText(journey.tenant?.domain ?? "", 120),
    linkOpen: words.linkOpen,
    who: `The link is for a Global Administrator or Privileged Role Administrator of ${organization}'s tenant, signed in to that tenant and not as a guest.`,
    facts: factsOf(journey, ends),
    asked: `${permissions.length} permissions are asked for:`,
    tiers: tierRows(permissions),
    permissions: permissionRows(permissions),
    hasLink,
    linkText: `${account} ${askWords(journey)} the Microsoft Defender for Endpoint alerts of ${plainText(journey.organizationName, 80)}. Please open this link as a Global Administrator or Privileged Role Administrator of your tenant. It ends ${ends}.`,
    consentUrl: hasLink ? consentUrl.replaceAll("$", "%24") : "",
    smallPrint: `Asked for by ${inertText(journey.requestedBy.name, 60)}, ${timeWords(journey.createdAt)}`,
    awaitsConfirmation,
    canRenew: journey.state === "expired" || journey.state === "failed",
    canCancel: words.linkOpen || awaitsConfirmation,
    journeyId: plainText(journey.id, 300),
    tenantId: plainText(journey.tenant?.id ?? "", 100),
  };
}

function titleOf(journey: ConsentJourney, organization: string): string {
  return asksAgain(journey) ? `Consent again: ${organization}` : `Connect ${organization}`;
}

function askWords(journey: ConsentJourney): string {
  return asksAgain(journey)
    ? "asks for consent once more, because permissions are missing or were added, to go on looking after"
    : "asks for consent to read and resolve";
}

function factsOf(journey: ConsentJourney, ends: string): readonly Fact[] {
  const facts: Fact[] = [];
  if (journey.expectedDomain !== null) facts.push({ name: "Only for", value: inertText(journey.expectedDomain, 120) });
  facts.push({ name: "Link ends", value: ends });
  return facts;
}

/** Before the consent only the sign-in is known: its tenant's name is not, and what was typed in stands elsewhere. */
function isProven(journey: ConsentJourney): boolean {
  return journey.tenant !== null && PROVEN_STATES.has(journey.state);
}

const PROVEN_STATES: ReadonlySet<ConsentJourney["state"]> = new Set(["awaitingConfirmation", "checking", "connected"]);
