import type { Instant } from "../services/domain/instant.ts";
import type { Permission } from "../services/domain/permission.ts";
import type { SettingOrigin } from "../services/domain/policy-settings.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import type { Fact } from "./alert-facts.ts";
import layout from "./connected-card.json" with { type: "json" };
import { coverageWords } from "./coverage-words.ts";
import { grantedWords, missingRows, type PermissionRow } from "./permission-rows.ts";
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { levelWords, switchWords } from "./setting-words.ts";
import { overviewStateWords } from "./tenant-state-words.ts";
import { timeWords } from "./time-words.ts";

type ConnectedCardData = {
  readonly title: string;
  readonly state: string;
  readonly stateColour: string;
  readonly hasLead: boolean;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly hasMissing: boolean;
  readonly missing: readonly PermissionRow[];
  readonly next: string;
  readonly hasOlder: boolean;
  readonly older: string;
  readonly tenantId: string;
};

const render = compileCard<ConnectedCardData>(layout);

/** A tenant right after its consent, the first or a later one: what was granted, how far it is read, what happens next, and the older open alerts. */
export function connectedCard(input: {
  readonly overview: TenantOverview;
  readonly missing: readonly Permission[];
  /** How many permissions were asked for. */
  readonly asked: number;
  readonly autoResolve: { readonly on: boolean; readonly origin: SettingOrigin };
  /** The name of the place where new alerts will be posted. */
  readonly postedIn: string;
  /** When a tenant that was connected already has consented again; null for a first consent. */
  readonly consentedAgainAt: Instant | null;
}): RenderedCard {
  const { overview, missing, autoResolve } = input;
  const { link, counts } = overview;
  const words = overviewStateWords(overview);
  const known = coverageWords(overview);
  const resolving = autoResolve.on
    ? "and auto-resolved by policy"
    : "and left open, because auto-resolve is off for this tenant";
  return {
    summary: `${plainText(overview.organizationName, 80)}: ${words.word.toLowerCase()}`,
    card: render({
      title: inertText(overview.organizationName, 80),
      state: `${words.icon} ${words.word}`,
      stateColour: words.colour,
      hasLead: input.consentedAgainAt !== null,
      lead: againWords(input.consentedAgainAt, missing.length),
      facts: [
        { name: "Tenant", value: inertText(link.tenantName, 120) },
        { name: "Domain", value: inertText(link.tenantDomain, 120) },
        { name: "Permissions", value: grantedWords(input.asked, missing) },
        { name: "Coverage", value: known.coverage },
        { name: "Alerts found", value: `${known.allAlerts}, open: ${known.openAlerts}` },
        { name: "Auto\u2011resolve", value: `${switchWords(autoResolve.on)} (${levelWords(autoResolve.origin)})` },
      ],
      hasMissing: missing.length > 0,
      missing: missingRows(missing),
      next: `New alerts are posted in ${inertText(input.postedIn, 80)} ${resolving}.`,
      hasOlder: counts.olderOpen > 0,
      older: olderWords(counts.olderOpen),
      tenantId: plainText(link.tenantId, 100),
    }),
  };
}

function againWords(at: Instant | null, missing: number): string {
  if (at === null) return "";
  const what =
    missing === 0
      ? "everything that is asked for is granted now."
      : "some of what is asked for is still not granted. It is looked for again by itself, and on Check permissions.";
  return `Consent was given again ${timeWords(at)}: ${what}`;
}

function olderWords(count: number): string {
  return count === 1
    ? "1 older open alert was there before the connection. It stays as it is until somebody acts on it."
    : `${count} older open alerts were there before the connection. They stay as they are until somebody acts on them.`;
}
