import type { Instant } from "../services/domain/instant.ts";
import layout from "./download-card.json" with { type: "json" };
import { plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { clockWords } from "./time-words.ts";

type DownloadCardData = {
  readonly title: string;
  readonly text: string;
  readonly ends: string;
  readonly url: string;
};

const render = compileCard<DownloadCardData>(layout);

/** A link to a file that is made when it is opened. Whoever has the link can use it: for 1:1 chats only. */
export function downloadCard(input: {
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly endsAt: Instant;
}): RenderedCard {
  return {
    summary: plainText(input.title, 160),
    card: render({
      title: sentences(input.title, 160),
      text: sentences(input.text, 600),
      ends: `The link works until ${clockWords(input.endsAt)}, for whoever has it. Do not pass it on.`,
      url: input.url,
    }),
  };
}
