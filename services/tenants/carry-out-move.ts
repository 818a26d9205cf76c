import type { Actor } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import { MINUTE, SECOND, shift } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { Clock } from "../ports/clock.ts";
import type { MoveStore } from "../ports/move-store.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { LinkStore } from "../ports/stores.ts";
import { personActor } from "./change-journey.ts";
import { changedMove, changeMove, type MoveDecision, moveAudit } from "./change-move.ts";

export interface CarryOutMoveDeps {
  readonly moves: Pick<MoveStore, "get" | "update">;
  readonly links: Pick<LinkStore, "get" | "findByOrganization" | "move">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const UNDO_WINDOW = 15 * MINUTE;
/** Cards that were being posted with the old name when the link moved have answered by then (a call ends after 10 s). */
export const POSTS_UNDER_WAY = 15 * SECOND;

const TRIES = 8;

/**
 * Carries an approved move out: one batch on the link, then the move is done. Safe to repeat after a crash at any point,
 * and beside another worker: the link moves once. Gives the move as it is then, or null where there is none.
 */
export async function carryOutMove(deps: CarryOutMoveDeps, input: { moveId: string }): Promise<MoveRequest | null> {
  const move = (await deps.moves.get(input.moveId))?.value ?? null;
  if (move === null || move.state !== "approved") return move;
  const obstacle = await moveLink(deps, move);
  return await changeMove(deps, {
    moveId: move.id,
    decide: (current): MoveDecision<MoveRequest> => {
      if (current.state !== "approved") return { store: null, outcome: current };
      const now = deps.clock.now();
      if (obstacle !== null) {
        const ended = changedMove(
          current,
          { state: "cancelled", explanation: obstacle, decidedBy: null, decidedAt: now },
          now,
        );
        const step = { verb: "tenant.failMove", actor: { kind: "watchdesk" } as const, where: null };
        const audit = moveAudit(deps, current, { ...step, before: current.state, after: obstacle });
        return { store: { move: ended, audit }, outcome: ended };
      }
      const renewal = { open: true, after: "", from: shift(now, POSTS_UNDER_WAY) };
      const done = changedMove(
        current,
        { state: "done", doneAt: now, undoUntil: shift(now, UNDO_WINDOW), renewal },
        now,
      );
      return { store: { move: done }, outcome: done };
    },
  });
}

/** Moves the link, with the audit row in the same batch; gives a sentence where that cannot be. */
async function moveLink(deps: CarryOutMoveDeps, move: MoveRequest): Promise<string | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.links.get(move);
    if (stored === null) return "The tenant was removed before it could be moved.";
    const link = stored.value;
    if (link.linkedAt > move.requestedAt) return "The tenant was removed and connected again before it could be moved.";
    if (link.organizationId === move.to.organizationId) return null;
    if (link.organizationId !== move.from.organizationId) return "The tenant was moved elsewhere meanwhile.";
    const actor: Actor = personActor(move.decidedBy ?? move.requestedBy);
    const step = { verb: "tenant.move", actor, before: move.from.name, after: move.to.name, where: null };
    const toOrganizationId = move.to.organizationId;
    const outcome = await deps.links.move({
      link,
      etag: stored.etag,
      toOrganizationId,
      audit: moveAudit(deps, move, step),
    });
    if (outcome.kind === "moved") return null;
    if (outcome.kind === "organizationHasTenant") {
      const holder = await deps.links.findByOrganization(move.accountId, toOrganizationId);
      return `${move.to.name} has a tenant meanwhile${holder === null ? "" : `: ${holder.tenantName}`}. An organization has one tenant.`;
    }
  }
  throw new Breakdown("conflict", "A link was changed by others again and again while it was to be moved.", {
    retryable: true,
  });
}
