import { downloadCard } from "../../../cards/download-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG, LATER } from "./example-parts.ts";

const url = "https://watchdesk.example/download/q0Zb6aF3m1TtX9eYcV7wKd2Lr8NhJp4Us5GiOoEzBxA";

export const downloadCardExamples: CardExamples = {
  minimal: () => downloadCard({ title: "Audit log export", text: "The whole audit log as CSV.", url, endsAt: LATER }),
  typical: () =>
    downloadCard({
      title: "Audit log export",
      text: "The audit log as CSV. Shown: about Contoso Dental, by “priya”, since 14:02 UTC, 15 Nov 2026.",
      url,
      endsAt: LATER,
    }),
  worst: () => downloadCard({ title: HOSTILE_LONG, text: HOSTILE_LONG, url, endsAt: "not a time" }),
};
