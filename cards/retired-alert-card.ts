import type { RetiredCard } from "../services/domain/removed-tenant.ts";
import { alertText, inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import layout from "./retired-alert-card.json" with { type: "json" };
import { severityWords } from "./severity-words.ts";
import { datedTimeWords } from "./time-words.ts";

type RetiredAlertCardData = {
  readonly header: string;
  readonly title: string;
  readonly text: string;
  readonly smallPrint: string;
};

const render = compileCard<RetiredAlertCardData>(layout);

/** What an alert's card says once its tenant is removed: that nobody watches it here any more, since when and by whom. No buttons. */
export function retiredAlertCard({ card }: { readonly card: RetiredCard }): RenderedCard {
  const { removed } = card;
  const { word } = severityWords(card.severity);
  return {
    summary: `No longer watched: ${plainText(removed.organizationName, 80)}, ${plainText(card.title, 120)}`,
    card: render({
      header: `⊘ No longer watched · ${inertText(removed.organizationName, 80)} · ${word}`,
      title: alertText(card.title, 200),
      text: `${inertText(removed.removedBy.name, 60)} removed ${inertText(removed.organizationName, 80)}'s tenant, ${datedTimeWords(removed.removedAt)}. Watchdesk knows nothing newer of this alert.`,
      smallPrint: `Alert ${inertText(card.alertId, 100)}`,
    }),
  };
}
