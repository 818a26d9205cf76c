import { confirmCard } from "../../../cards/confirm-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, TENANT } from "./example-parts.ts";

export const confirmCardExamples: CardExamples = {
  minimal: () =>
    confirmCard({ title: "Run it?", text: "", confirmTitle: "Run", confirm: { verb: "connect.cancel" }, cancel: null }),
  typical: () =>
    confirmCard({
      title: "Resolve 12 older alerts?",
      text: "They were open in Contoso Dental's Defender before the connection. Newer alerts are not touched.",
      confirmTitle: "Resolve all",
      confirm: { verb: "older.resolveAllConfirmed", tenantId: TENANT },
      cancel: { verb: "tenant.open", tenantId: TENANT },
    }),
  worst: () =>
    confirmCard({
      title: HOSTILE_LONG,
      text: HOSTILE_LONG,
      confirmTitle: HOSTILE_LONG,
      confirm: { verb: "command.run", words: HOSTILE },
      cancel: { verb: "channel.bind", bindingKind: "alerts", membersAreAnalysts: true },
    }),
};
