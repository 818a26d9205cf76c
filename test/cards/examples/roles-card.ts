import { rolesCard } from "../../../cards/roles-card.ts";
import { ROLES } from "../../../services/domain/role.ts";
import type { CardExamples } from "./card-examples.ts";
import { channelBindingOf } from "./channels-card.ts";
import { ACCOUNT, HOSTILE_LONG, NOW, PRIYA, SPRING, times } from "./example-parts.ts";

const grant = {
  accountId: ACCOUNT,
  person: { id: "p-2", name: "Tom Okafor", signInName: "tom@fabrikam.example" },
  grantedBy: PRIYA,
  grantedAt: SPRING,
};

const reading = { editable: false, madeAt: NOW, offset: 0, note: null };
const editing = { ...reading, editable: true };

export const rolesCardExamples: CardExamples = {
  minimal: () => rolesCard({ ...reading, admins: [{ id: "33333333-cccc", name: null }], grants: [], bindings: [] }),
  typical: () =>
    rolesCard({
      ...editing,
      admins: [{ id: "p-1", name: "Priya Nair" }],
      grants: [{ ...grant, role: "analyst" }],
      bindings: [{ binding: channelBindingOf({ membersAre: "analyst" }), conversationName: "SOC / Alerts" }],
    }),
  worst: () =>
    rolesCard({
      ...editing,
      note: HOSTILE_LONG,
      admins: [{ id: "p-1", name: HOSTILE_LONG }],
      grants: times(80, (at) => ({
        ...grant,
        person: { id: `p-${at}`, name: HOSTILE_LONG, signInName: HOSTILE_LONG },
        role: ROLES[at % 3] ?? "viewer",
        grantedBy: { ...PRIYA, name: HOSTILE_LONG },
      })),
      bindings: [{ binding: channelBindingOf({ membersAre: "analyst" }), conversationName: HOSTILE_LONG }],
    }),
  more: {
    secondPage: () =>
      rolesCard({
        ...editing,
        offset: 10,
        admins: [{ id: "p-1", name: "Priya Nair" }],
        grants: times(23, (at) => ({
          ...grant,
          person: { id: `p-${at}`, name: `Person ${at}`, signInName: null },
          role: "analyst",
        })),
        bindings: [],
        note: "Tom Okafor no longer has the role analyst.",
      }),
  },
};
