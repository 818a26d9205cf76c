import { boundCard } from "../cards/bound-card.ts";
import type { BindingKind, ChannelBinding } from "../services/domain/conversation.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Randomness } from "../services/ports/randomness.ts";
import type { BindingStore } from "../services/ports/stores.ts";
import { type Reply, type Turn, text } from "./turn.ts";

export interface BindDeps {
  readonly bindings: BindingStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Binds this conversation to alerts or to admin notices; said again, it keeps what its members may do. */
export async function bindConversation(
  deps: BindDeps,
  turn: Turn,
  input: { kind: BindingKind; membersAreAnalysts?: boolean },
): Promise<Reply> {
  const { account, conversation } = turn;
  const known = (await deps.bindings.ofConversation(account.id, conversation.id)).find(
    ({ kind }) => kind === input.kind,
  );
  const membersAreAnalysts = input.membersAreAnalysts ?? known?.membersAre === "analyst";
  const binding: ChannelBinding = {
    accountId: account.id,
    conversationId: conversation.id,
    kind: input.kind,
    membersAre: membersAreAnalysts ? "analyst" : null,
    boundBy: turn.person,
    boundAt: deps.clock.now(),
    pausedBecause: null,
  };
  await deps.bindings.put({
    binding,
    audit: auditRow(deps, turn, "channel.bind", input.kind, membersAreAnalysts ? "members are analysts" : "bound"),
  });
  const rendered = boundCard({ bindingKind: input.kind, conversationName: conversation.name, membersAreAnalysts });
  return { kind: "card", rendered, everyone: true };
}

/** Ends the binding: alerts or notices go elsewhere from now on, cards that are here stay true. */
export async function unbindConversation(deps: BindDeps, turn: Turn, kind: BindingKind): Promise<Reply> {
  const removed = await deps.bindings.remove({
    accountId: turn.account.id,
    conversationId: turn.conversation.id,
    kind,
    audit: auditRow(deps, turn, "channel.unbind", kind, null),
  });
  const what = kind === "alerts" ? "Alerts" : "Admin notices";
  return text(
    removed
      ? `${what} are no longer posted here. Cards that are here stay up to date.`
      : `${what} were not posted here.`,
  );
}

function auditRow(deps: BindDeps, turn: Turn, verb: string, kind: BindingKind, after: string | null) {
  const id = deps.randomness.id();
  return {
    accountId: turn.account.id,
    tenantId: null,
    id,
    operationId: id,
    at: deps.clock.now(),
    phase: "done" as const,
    actor: { kind: "person" as const, id: turn.person.id, name: turn.person.name },
    verb,
    target: `${kind} in ${turn.conversation.name}`,
    before: null,
    after,
    where: turn.conversation.id,
  };
}
