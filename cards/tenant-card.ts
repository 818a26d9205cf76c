import { aadstsEntry } from "../services/domain/aadsts-book.ts";
import type { ConsentJourney } from "../services/domain/consent-journey.ts";
import type { Permission } from "../services/domain/permission.ts";
import type { EffectiveSettings } from "../services/domain/policy-settings.ts";
import type { Mender, TenantState } from "../services/domain/tenant-link.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import type { Fact } from "./alert-facts.ts";
import { consentStateWords } from "./consent-state-words.ts";
import { coverageWords } from "./coverage-words.ts";
import { grantedWords, mendedBy, type OffRow, offRows } from "./permission-rows.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { levelWords, switchWords } from "./setting-words.ts";
import layout from "./tenant-card.json" with { type: "json" };
import { overviewStateWords } from "./tenant-state-words.ts";
import { datedTimeWords, timeWords } from "./time-words.ts";

type TenantCardData = {
  readonly title: string;
  readonly hasNote: boolean;
  readonly note: string;
  readonly noteColour: string;
  readonly state: string;
  readonly stateColour: string;
  readonly hasTrouble: boolean;
  readonly trouble: string;
  readonly troubleSince: string;
  readonly hasTodo: boolean;
  readonly todo: string;
  readonly facts: readonly Fact[];
  readonly hasMissing: boolean;
  readonly missing: readonly OffRow[];
  readonly mendedBy: string;
  readonly smallPrint: string;
  readonly isAdmin: boolean;
  readonly canPause: boolean;
  readonly canResume: boolean;
  /** "primary" for the one of an admin's actions that is most likely wanted, "secondary" for the others. */
  readonly consentMode: string;
  readonly checkMode: string;
  readonly hasOlder: boolean;
  readonly canResolveOlder: boolean;
  readonly tenantId: string;
};

const render = compileCard<TenantCardData>(layout);

/** One tenant: what holds for it, what is wrong and what to do about it. Remove and resolving stand there for admins only. */
export function tenantCard(input: {
  readonly overview: TenantOverview;
  readonly missing: readonly Permission[];
  /** How many permissions were asked for. */
  readonly asked: number;
  readonly settings: EffectiveSettings;
  readonly admin: boolean;
  /** What the last click did, e.g. "Sync asked for."; null for none. */
  readonly note?: string | null;
  /** Why the last click did nothing; null for none. */
  readonly warning?: string | null;
  /** The consent that it is asked for again, while that link is open; null for none. */
  readonly consent?: ConsentJourney | null;
}): RenderedCard {
  const { overview, missing, admin } = input;
  const { link, counts } = overview;
  const words = overviewStateWords(overview);
  return {
    summary: `${plainText(overview.organizationName, 80)}: ${words.word.toLowerCase()}`,
    card: render({
      title: inertText(overview.organizationName, 80),
      state: `${words.icon} ${words.word}`,
      stateColour: words.colour,
      ...noteWords(input),
      hasTrouble: link.trouble !== null,
      ...troubleWords(overview),
      ...todoWords(overview),
      facts: factsOf(input),
      hasMissing: missing.length > 0,
      missing: offRows(missing),
      mendedBy: mendedBy(link.state),
      smallPrint: `Connected by ${inertText(link.linkedBy.name, 60)}, ${datedTimeWords(link.linkedAt)} · tenant id ${inertText(link.tenantId, 60)}`,
      isAdmin: admin,
      canPause: link.state !== "paused",
      canResume: link.state === "paused",
      ...adminModes(link.state, missing.length),
      hasOlder: counts.olderOpen > 0,
      canResolveOlder: admin && counts.olderOpen > 0,
      tenantId: plainText(link.tenantId, 100),
    }),
  };
}

/** Three first buttons in all: Settings, Sync now, and what the state calls for; Resume needs no mode, it is there when paused. */
function adminModes(state: TenantState, missing: number): { consentMode: string; checkMode: string } {
  const first = firstAdminAction(state, missing);
  return {
    consentMode: first === "consent" ? "primary" : "secondary",
    checkMode: first === "check" ? "primary" : "secondary",
  };
}

function firstAdminAction(state: TenantState, missing: number): "resume" | "consent" | "check" {
  switch (state) {
    case "paused":
      return "resume";
    case "consentRevoked":
    case "permissionsMissing":
      return "consent";
    case "connected":
      return missing > 0 ? "consent" : "check";
    case "defenderNotAvailable":
    case "credentialFailing":
    case "notAnswering":
      return "check";
  }
}

function noteWords(input: Parameters<typeof tenantCard>[0]) {
  const warning = input.warning ?? null;
  const note = input.note ?? null;
  if (warning !== null) return { hasNote: true, note: `△ ${sentences(warning, 300)}`, noteColour: "default" };
  return { hasNote: note !== null, note: `✓ ${sentences(note ?? "", 300)}`, noteColour: "default" };
}

/** What to do about the state; a tenant that does not answer can be somebody's to mend, as its trouble says. */
function todoWords(overview: TenantOverview): { hasTodo: boolean; todo: string } {
  const { link } = overview;
  // A reading of Entra's code says in its sentence what to do.
  if (link.trouble !== null && aadstsEntry(link.trouble.detail) !== null) return { hasTodo: false, todo: "" };
  const byTrouble = link.state === "notAnswering" && link.trouble !== null ? menderWords(link.trouble.mender) : null;
  const todo = byTrouble ?? overviewStateWords(overview).todo;
  return { hasTodo: todo !== null, todo: todo ?? "" };
}

function menderWords(mender: Mender): string | null {
  switch (mender) {
    case "customer":
      return "An admin of the customer's tenant has to mend this. Watchdesk goes on trying.";
    case "operator":
      return "Whoever runs Watchdesk has to mend this; the customer can do nothing.";
    case "nobody":
      return null;
  }
}

function troubleWords(overview: TenantOverview): { trouble: string; troubleSince: string } {
  const { trouble } = overview.link;
  if (trouble === null) return { trouble: "", troubleSince: "" };
  const since = `Since ${timeWords(trouble.since)}`;
  return {
    trouble: sentences(trouble.sentence, 300),
    troubleSince: trouble.detail === null ? since : `${since} · ${inertText(trouble.detail, 120)}`,
  };
}

function factsOf(input: Parameters<typeof tenantCard>[0]): readonly Fact[] {
  const { overview, settings } = input;
  const known = coverageWords(overview);
  const { autoResolve } = settings;
  const older = overview.counts.olderOpen;
  const facts: Fact[] = [
    { name: "Tenant", value: inertText(overview.link.tenantName, 120) },
    { name: "Domain", value: inertText(overview.link.tenantDomain, 120) },
    { name: "Last synced", value: known.lastSynced },
    { name: "Coverage", value: known.coverage },
    { name: "Open alerts", value: known.openAlerts },
    ...(older === 0 ? [] : [{ name: "Older alerts", value: `${older} open since before the connection` }]),
    { name: "Permissions", value: grantedWords(input.asked, input.missing) },
    ...consentFacts(input.consent ?? null),
    { name: "Auto\u2011resolve", value: `${switchWords(autoResolve.value)} (${levelWords(autoResolve.origin)})` },
  ];
  return facts;
}

function consentFacts(journey: ConsentJourney | null): readonly Fact[] {
  if (journey === null) return [];
  const { word } = consentStateWords(journey.state, true);
  const ends = timeWords(journey.expiresAt);
  return [
    {
      name: "Consent link",
      value: `${word.toLowerCase()}, asked for by ${inertText(journey.requestedBy.name, 60)}, ends ${ends}`,
    },
  ];
}
