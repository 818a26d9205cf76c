import { noticeCard } from "../../../cards/notice-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG } from "./example-parts.ts";

export const noticeCardExamples: CardExamples = {
  minimal: () => noticeCard({ title: "Nothing to cancel", text: "" }),
  typical: () =>
    noticeCard({
      title: "Contoso Dental is not covered",
      text: "Its alerts were last read up to 14:02 UTC, 22 Nov. The tenant no longer lets Watchdesk in; ask one of its admins to consent again.",
    }),
  worst: () => noticeCard({ title: HOSTILE_LONG, text: HOSTILE_LONG }),
};
