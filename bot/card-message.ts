import type { RenderedCard } from "../cards/render-card.ts";
import type { OutgoingActivity } from "./teams-posts.ts";

/** The content type of Adaptive Cards in attachments and in answers to clicks. */
export const ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive";

/** A card as a message; its summary is what the notification shows. */
export function cardMessage(rendered: RenderedCard): OutgoingActivity {
  return {
    type: "message",
    summary: rendered.summary,
    attachments: [{ contentType: ADAPTIVE_CARD, content: rendered.card }],
  };
}
