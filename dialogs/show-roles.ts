import { rolesCard } from "../cards/roles-card.ts";
import { authorize } from "../services/access/authorize.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { BindingStore, ConversationStore, RoleStore } from "../services/ports/stores.ts";
import { namedBindings } from "./show-channels.ts";
import { card, type Reply, type Turn } from "./turn.ts";

export interface ShowRolesDeps {
  readonly roles: Pick<RoleStore, "list">;
  readonly bindings: BindingStore;
  readonly conversations: ConversationStore;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly clock: Clock;
}

/** Who may do what: configured admins, grants by name, and channels whose members have a role; with controls for admins. */
export async function showRoles(
  deps: ShowRolesDeps,
  turn: Turn,
  input: { offset: number; note?: string },
): Promise<Reply> {
  const madeAt = deps.clock.now();
  const grants = await deps.roles.list(turn.account.id);
  const admins = await Promise.all(
    [...deps.configuredAdmins].map(
      async (id) => (await turn.findMember(id))?.person ?? { id, name: null, signInName: null },
    ),
  );
  const bindings = (await namedBindings(deps, turn.account.id)).filter(({ binding }) => binding.membersAre !== null);
  const editable = authorize(turn.role, "manageRoles").kind === "allowed";
  return card(
    rolesCard({ admins, grants, bindings, editable, madeAt, offset: input.offset, note: input.note ?? null }),
  );
}
