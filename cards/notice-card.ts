import layout from "./notice-card.json" with { type: "json" };
import { plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type NoticeCardData = { readonly title: string; readonly hasText: boolean; readonly text: string };

const render = compileCard<NoticeCardData>(layout);

/** A sentence or two: what happened and what to do. */
export function noticeCard(input: { readonly title: string; readonly text: string }): RenderedCard {
  const text = sentences(input.text, 1_000);
  return {
    summary: plainText(input.title, 160),
    card: render({ title: sentences(input.title, 160), hasText: text !== "", text }),
  };
}
