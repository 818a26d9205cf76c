import type { MoveRequest, MoveState } from "../domain/move-request.ts";
import type { Person } from "../domain/person.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import { type AdminStandingDeps, adminStanding } from "./admin-standing.ts";
import { type CarryOutMoveDeps, carryOutMove } from "./carry-out-move.ts";
import { personActor } from "./change-journey.ts";
import { changedMove, changeMove, type MoveDecision, moveAudit } from "./change-move.ts";
import { decideMoveApproval, type MoveAnswer, type MoveRefusal } from "./decide-move-approval.ts";

export interface AnswerMoveDeps extends CarryOutMoveDeps, AdminStandingDeps {
  readonly queue: JobQueue;
}

export interface MoveClickInput {
  /** The account of whoever clicks: a move of another one does not exist for them. */
  readonly accountId: string;
  readonly moveId: string;
  readonly by: Person;
  readonly where: string;
}

export type AnswerMoveOutcome =
  | { readonly kind: "answered"; readonly move: MoveRequest }
  | { readonly kind: "refused"; readonly refusal: MoveRefusal; readonly move: MoveRequest }
  | { readonly kind: "missing" };

const BECOMES: Readonly<Record<MoveAnswer, Extract<MoveState, "approved" | "declined" | "cancelled">>> = {
  approve: "approved",
  decline: "declined",
  cancel: "cancelled",
};

/**
 * Takes an admin's answer to a move that waits. Of two at once the first counts; the second is refused, with the move as
 * the first left it. An approved move is carried out at once; should that break off, a job goes on.
 */
export async function answerMove(
  deps: AnswerMoveDeps,
  input: MoveClickInput & { answer: MoveAnswer },
): Promise<AnswerMoveOutcome> {
  const standing = await adminStanding(deps, { accountId: input.accountId, personId: input.by.id });
  const outcome = await changeMove(deps, {
    moveId: input.moveId,
    decide: (move): MoveDecision<AnswerMoveOutcome> => {
      if (move.accountId !== input.accountId) return { store: null, outcome: { kind: "missing" } };
      const now = deps.clock.now();
      const decision = decideMoveApproval({ move, answer: input.answer, personId: input.by.id, standing, now });
      if (decision.kind === "refused") {
        const { kind: _kind, ...refusal } = decision;
        return { store: null, outcome: { kind: "refused", refusal, move } };
      }
      const state = BECOMES[input.answer];
      const answered = changedMove(move, { state, decidedBy: input.by, decidedAt: now }, now);
      const verb = `tenant.${input.answer}Move`;
      const step = { verb, actor: personActor(input.by), before: move.state, after: state, where: input.where };
      return {
        store: { move: answered, audit: moveAudit(deps, move, step) },
        outcome: { kind: "answered", move: answered },
      };
    },
  });
  if (outcome === null || outcome.kind === "missing") return { kind: "missing" };
  deps.queue.add({ kind: "advance-move", moveId: input.moveId });
  if (outcome.kind !== "answered" || outcome.move.state !== "approved") return outcome;
  return { kind: "answered", move: (await carryOutMove(deps, input)) ?? outcome.move };
}
