import { welcomeCard } from "../../../cards/welcome-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG } from "./example-parts.ts";

export const welcomeCardExamples: CardExamples = {
  minimal: () => welcomeCard({ accountName: "F", place: "groupChat" }),
  typical: () => welcomeCard({ accountName: "Fabrikam Security", place: "personal" }),
  worst: () => welcomeCard({ accountName: HOSTILE_LONG, place: "channel" }),
};
