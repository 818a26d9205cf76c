import { actionData } from "./action-data.ts";
import type { CardAction } from "./card-action.ts";
import layout from "./confirm-card.json" with { type: "json" };
import { plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type ConfirmCardData = {
  readonly title: string;
  readonly text: string;
  readonly confirmTitle: string;
  readonly confirmVerb: string;
  readonly confirmData: Readonly<Record<string, string | boolean>>;
  readonly canCancel: boolean;
  readonly cancelVerb: string;
  readonly cancelData: Readonly<Record<string, string | boolean>>;
};

const render = compileCard<ConfirmCardData>(layout);

/** Asks before something that is hard to undo; without `cancel` the card can simply be left alone. */
export function confirmCard(input: {
  readonly title: string;
  readonly text: string;
  readonly confirmTitle: string;
  readonly confirm: CardAction;
  readonly cancel: CardAction | null;
}): RenderedCard {
  const { confirm, cancel } = input;
  return {
    summary: plainText(input.title, 160),
    card: render({
      title: sentences(input.title, 160),
      text: sentences(input.text, 600),
      confirmTitle: plainText(input.confirmTitle, 40),
      confirmVerb: confirm.verb,
      confirmData: actionData(confirm),
      canCancel: cancel !== null,
      cancelVerb: cancel?.verb ?? "",
      cancelData: cancel === null ? {} : actionData(cancel),
    }),
  };
}
