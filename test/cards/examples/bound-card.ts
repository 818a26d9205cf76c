import { boundCard } from "../../../cards/bound-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG } from "./example-parts.ts";

export const boundCardExamples: CardExamples = {
  minimal: () => boundCard({ bindingKind: "notices", conversationName: "SOC / Leads", membersAreAnalysts: false }),
  typical: () => boundCard({ bindingKind: "alerts", conversationName: "SOC / Alerts", membersAreAnalysts: false }),
  worst: () => boundCard({ bindingKind: "alerts", conversationName: HOSTILE_LONG, membersAreAnalysts: true }),
};
