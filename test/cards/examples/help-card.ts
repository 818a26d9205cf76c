import { helpCard } from "../../../cards/help-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, times } from "./example-parts.ts";

export const helpCardExamples: CardExamples = {
  minimal: () => helpCard({ role: null, commands: [], accountName: "Fabrikam Security" }),
  typical: () =>
    helpCard({
      role: "admin",
      accountName: "Fabrikam Security",
      commands: [
        { words: "connect tenant", summary: "Connect a customer's tenant" },
        { words: "tenants [filter]", summary: "Every tenant with its state and coverage" },
        { words: "settings [organization]", summary: "What is auto-resolved, for all or for one tenant" },
        { words: "add organization <name>", summary: "Add a customer" },
      ],
    }),
  worst: () =>
    helpCard({
      role: "viewer",
      accountName: HOSTILE_LONG,
      commands: times(40, () => ({ words: HOSTILE.replaceAll("<", ""), summary: HOSTILE_LONG })),
    }),
};
