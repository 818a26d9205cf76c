import type { RenderedCard } from "../../../cards/render-card.ts";

/** What a card looks like with the least, the usual and the worst data; `more` are states worth a look of their own. */
export interface CardExamples {
  readonly minimal: () => RenderedCard;
  readonly typical: () => RenderedCard;
  readonly worst: () => RenderedCard;
  readonly more?: Readonly<Record<string, () => RenderedCard>>;
}
