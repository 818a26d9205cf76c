import { errorCard } from "../../../cards/error-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG } from "./example-parts.ts";

export const errorCardExamples: CardExamples = {
  minimal: () => errorCard({ what: "That did not work.", todo: "Try again in a minute.", reference: null }),
  typical: () =>
    errorCard({
      what: "Defender did not answer, so the alert was not claimed.",
      todo: "Try again in a minute; if it stays so, quote the reference to whoever runs Watchdesk.",
      reference: "7F3K-21",
    }),
  worst: () => errorCard({ what: HOSTILE_LONG, todo: HOSTILE_LONG, reference: HOSTILE_LONG }),
};
