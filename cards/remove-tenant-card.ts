import type { Instant } from "../services/domain/instant.ts";
import type { MovedThings } from "../services/domain/move-request.ts";
import type { Fact } from "./alert-facts.ts";
import { countWords } from "./count-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import layout from "./remove-tenant-card.json" with { type: "json" };
import { compileCard, type RenderedCard } from "./render-card.ts";
import { clockWords } from "./time-words.ts";

type RemoveTenantCardData = {
  readonly title: string;
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly hasExport: boolean;
  readonly exportUrl: string;
  readonly exportEnds: string;
  readonly canExport: boolean;
  readonly tenantId: string;
  readonly organizationId: string;
  readonly linkedAt: string;
};

const render = compileCard<RemoveTenantCardData>(layout);

/** Asks before a tenant is removed: what goes with it, and a last chance to take its alerts and history along. */
export function removeTenantCard(input: {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly linkedAt: Instant;
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly organizationName: string;
  readonly things: MovedThings;
  /** A download that was just asked for; null: none yet. */
  readonly download: { readonly url: string; readonly endsAt: Instant } | null;
  /** Why a confirmation was not taken; null: none was given. */
  readonly problem: string | null;
}): RenderedCard {
  const { things, download } = input;
  return {
    summary: `Remove ${plainText(input.organizationName, 80)}'s tenant?`,
    card: render({
      title: `Remove ${inertText(input.organizationName, 80)}'s tenant?`,
      hasProblem: input.problem !== null,
      problem: inertText(input.problem ?? "", 300),
      text: "Watchdesk stops reading it and forgets what is listed here. The audit log keeps its history. Nothing changes in Defender.",
      facts: [
        { name: "Tenant", value: inertText(input.tenantName, 120) },
        { name: "Domain", value: inertText(input.tenantDomain, 120) },
        { name: "Alerts", value: `${countWords(things.alerts, "alert")}, deleted here` },
        { name: "Cards", value: `${countWords(things.cards, "card")} on screen will say “No longer watched”` },
        {
          name: "Settings",
          value:
            things.settings === 0
              ? "none of its own"
              : `${countWords(things.settings, "value")} of its own, deleted here`,
        },
      ],
      hasExport: download !== null,
      exportUrl: download?.url ?? "",
      exportEnds:
        download === null
          ? ""
          : `Download it before you remove the tenant: the file is made from what is stored then. The link works until ${clockWords(download.endsAt)}, for whoever has it.`,
      canExport: download === null,
      tenantId: plainText(input.tenantId, 100),
      organizationId: plainText(input.organizationId, 300),
      linkedAt: input.linkedAt,
    }),
  };
}
