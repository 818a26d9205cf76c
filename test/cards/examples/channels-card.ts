import { channelsCard } from "../../../cards/channels-card.ts";
import type { ChannelBinding } from "../../../services/domain/conversation.ts";
import type { CardExamples } from "./card-examples.ts";
import { ACCOUNT, HOSTILE_LONG, PRIYA, SPRING, times } from "./example-parts.ts";

export function channelBindingOf(changes: Partial<ChannelBinding> = {}): ChannelBinding {
  return {
    accountId: ACCOUNT,
    conversationId: "19:channel",
    kind: "alerts",
    membersAre: null,
    boundBy: PRIYA,
    boundAt: SPRING,
    pausedBecause: null,
    ...changes,
  };
}

export const channelsCardExamples: CardExamples = {
  minimal: () => channelsCard({ bindings: [] }),
  typical: () =>
    channelsCard({
      bindings: [
        { binding: channelBindingOf({ membersAre: "analyst" }), conversationName: "SOC / Alerts" },
        {
          binding: channelBindingOf({ kind: "notices", pausedBecause: "The bot was removed from this channel." }),
          conversationName: "SOC / Leads",
        },
      ],
    }),
  worst: () =>
    channelsCard({
      bindings: times(50, () => ({
        binding: channelBindingOf({ pausedBecause: HOSTILE_LONG }),
        conversationName: HOSTILE_LONG,
      })),
    }),
};
