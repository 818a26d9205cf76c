import type { RemovedTenant } from "../services/domain/removed-tenant.ts";
import { countWords } from "./count-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import layout from "./removed-tenant-card.json" with { type: "json" };
import { compileCard, type RenderedCard } from "./render-card.ts";
import { datedTimeWords } from "./time-words.ts";

type RemovedTenantCardData = {
  readonly title: string;
  readonly text: string;
  readonly hasCards: boolean;
  readonly cards: string;
  readonly appId: string;
  readonly smallPrint: string;
};

const render = compileCard<RemovedTenantCardData>(layout);

/** Says that a tenant is removed, and how the customer takes back what they granted; `appId` is the Defender app's. */
export function removedTenantCard(input: {
  readonly removed: RemovedTenant;
  readonly appId: string;
  /** Cards on screen that are going to say so. */
  readonly cards: number;
}): RenderedCard {
  const { removed, cards } = input;
  return {
    summary: `${plainText(removed.organizationName, 80)}'s tenant is removed`,
    card: render({
      title: `${inertText(removed.organizationName, 80)}'s tenant is removed`,
      text: `${inertText(removed.tenantName, 120)} is no longer watched. Its alerts and settings are deleted here.`,
      hasCards: cards > 0,
      cards: `Being marked on screen, as fast as Teams takes it: ${countWords(cards, "card")}.`,
      appId: inertText(input.appId, 60),
      smallPrint: `Removed by ${inertText(removed.removedBy.name, 60)}, ${datedTimeWords(removed.removedAt)} · tenant id ${inertText(removed.tenantId, 60)}`,
    }),
  };
}
