import layout from "./error-card.json" with { type: "json" };
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type ErrorCardData = {
  readonly what: string;
  readonly todo: string;
  readonly hasReference: boolean;
  readonly reference: string;
};

const render = compileCard<ErrorCardData>(layout);

/** What went wrong and what to do, one sentence each, with a short reference to quote. */
export function errorCard(input: {
  readonly what: string;
  readonly todo: string;
  readonly reference: string | null;
}): RenderedCard {
  return {
    summary: plainText(input.what, 160),
    card: render({
      what: sentences(input.what, 300),
      todo: sentences(input.todo, 300),
      hasReference: input.reference !== null,
      reference: inertText(input.reference ?? "", 60),
    }),
  };
}
