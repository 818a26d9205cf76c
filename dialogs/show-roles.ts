import { rolesCard } from "../cards/roles-card.ts";
import type { BindingStore, ConversationStore, RoleStore } from "../services/ports/stores.ts";
import { namedBindings } from "./show-channels.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** Who may do what: configured admins, grants by name, and channels whose members have a role. */
export async function showRoles(
  deps: {
    roles: RoleStore;
    bindings: BindingStore;
    conversations: ConversationStore;
    configuredAdmins: ReadonlySet<string>;
  },
  turn: Turn,
): Promise<Reply> {
  const admins = await Promise.all(
    [...deps.configuredAdmins].map(
      async (id) => (await turn.findMember(id))?.person ?? { id, name: id, signInName: null },
    ),
  );
  const bindings = (await namedBindings(deps, turn.account.id)).filter(({ binding }) => binding.membersAre !== null);
  return card(rolesCard({ admins, grants: await deps.roles.list(turn.account.id), bindings }));
}
