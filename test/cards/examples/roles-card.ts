import { rolesCard } from "../../../cards/roles-card.ts";
import { ROLES } from "../../../services/domain/role.ts";
import type { CardExamples } from "./card-examples.ts";
import { channelBindingOf } from "./channels-card.ts";
import { ACCOUNT, HOSTILE_LONG, PRIYA, SPRING, times } from "./example-parts.ts";

const grant = {
  accountId: ACCOUNT,
  person: { id: "p-2", name: "Tom Okafor", signInName: "tom@fabrikam.example" },
  grantedBy: PRIYA,
  grantedAt: SPRING,
};

export const rolesCardExamples: CardExamples = {
  minimal: () => rolesCard({ admins: [{ id: "33333333-cccc", name: null }], grants: [], bindings: [] }),
  typical: () =>
    rolesCard({
      admins: [{ id: "p-1", name: "Priya Nair" }],
      grants: [{ ...grant, role: "analyst" }],
      bindings: [{ binding: channelBindingOf({ membersAre: "analyst" }), conversationName: "SOC / Alerts" }],
    }),
  worst: () =>
    rolesCard({
      admins: [{ id: "p-1", name: HOSTILE_LONG }],
      grants: times(80, (at) => ({
        ...grant,
        person: { id: `p-${at}`, name: HOSTILE_LONG, signInName: HOSTILE_LONG },
        role: ROLES[at % 3] ?? "viewer",
        grantedBy: { ...PRIYA, name: HOSTILE_LONG },
      })),
      bindings: [{ binding: channelBindingOf({ membersAre: "analyst" }), conversationName: HOSTILE_LONG }],
    }),
};
