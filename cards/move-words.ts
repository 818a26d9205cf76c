import type { MoveRequest, MoveState } from "../services/domain/move-request.ts";
import type { MoveRefusal } from "../services/tenants/decide-move-approval.ts";
import type { UndoRefusal } from "../services/tenants/decide-move-undo.ts";
import type { MoveObstacle } from "../services/tenants/request-move.ts";
import type { StateWords } from "./severity-words.ts";
import { timeWords } from "./time-words.ts";

const STATES: Readonly<Record<MoveState, StateWords>> = {
  pending: { icon: "○", word: "Waiting for approval", colour: "default" },
  approved: { icon: "…", word: "Being carried out", colour: "default" },
  done: { icon: "✓", word: "Moved", colour: "default" },
  undone: { icon: "↩", word: "Undone", colour: "default" },
  declined: { icon: "✕", word: "Declined", colour: "attention" },
  cancelled: { icon: "✕", word: "Cancelled", colour: "default" },
  expired: { icon: "✕", word: "Ended without an approval", colour: "default" },
};

/** The state of a move in a word, with its sign and colour. */
export function moveStateWords(move: MoveRequest): StateWords {
  if (move.state === "pending" && move.carryOutAt !== null) return { ...STATES.pending, word: "Waiting 24 hours" };
  return STATES[move.state];
}

/** What happened to a move, who did it and when, and what follows. */
export function moveStory(move: MoveRequest): string {
  const at = move.decidedAt === null ? "" : `, ${timeWords(move.decidedAt)}`;
  const by = move.decidedBy?.name ?? null;
  switch (move.state) {
    case "pending":
      return move.carryOutAt === null
        ? `Another admin has to approve it until ${timeWords(move.expiresAt)}. Nothing is changed yet.`
        : `No other admin could approve it, so it is carried out ${timeWords(move.carryOutAt)} unless an admin declines. Nothing is changed yet.`;
    case "approved":
      return `Approved${by === null ? "" : ` by ${by}`}${at}.`;
    case "done":
      return `${by === null ? `Carried out after 24 hours without an objection${at}` : `Approved by ${by}${at}`}. The tenant belongs to ${move.to.name} now; its cards follow.${
        move.undoUntil === null ? "" : ` It can be undone until ${timeWords(move.undoUntil)}.`
      }`;
    case "undone":
      return `Undone by ${by ?? "Watchdesk"}${at}. The tenant belongs to ${move.from.name} again.`;
    case "declined":
      return `Declined by ${by ?? "an admin"}${at}. Nothing was changed.`;
    case "cancelled":
      return move.explanation === null
        ? `Taken back by ${by ?? "whoever asked"}${at}. Nothing was changed.`
        : `${move.explanation} Nothing was changed by this move.`;
    case "expired":
      return "Nobody approved it within 7 days. Nothing was changed.";
  }
}

/** Why somebody's answer does not count. */
export function moveRefusalWords(refusal: MoveRefusal, move: MoveRequest): string {
  switch (refusal.reason) {
    case "ownMove":
      return "You asked for this move, so another admin has to approve it.";
    case "notOwnMove":
      return `${move.requestedBy.name} asked for this move and can take it back. You can decline it.`;
    case "notAdminByName":
      return "A move is approved by an admin who has the role by name. Ask one of them.";
    case "grantTooFresh":
      return `You became an admin less than 24 hours ago. You can approve moves from ${timeWords(refusal.ripeAt)} on.`;
    case "expired":
      return "This move has ended: nobody approved it within 7 days. Nothing was changed.";
    case "notWaiting":
      return `This move was decided already. ${moveStory(move)}`;
  }
}

/** Why a move is not undone. */
export function undoRefusalWords(refusal: UndoRefusal, move: MoveRequest): string {
  switch (refusal.reason) {
    case "tooLate":
      return "A move can be undone for 15 minutes. Say `move tenant` to move it back; that takes an approval again.";
    case "notDone":
      return `There is nothing to undo. ${moveStory(move)}`;
    case "tenantRemoved":
      return "The tenant was removed meanwhile, so it cannot be moved back.";
    case "linkedOtherwise":
      return "The tenant was moved on or connected anew meanwhile. This move is history.";
    case "organizationHasTenant":
      return `${move.from.name} has a tenant again: ${refusal.tenantName}. An organization has one tenant, so the move stays.`;
  }
}

/** Why a tenant cannot be moved there. */
export function moveObstacleWords(obstacle: MoveObstacle): string {
  switch (obstacle.kind) {
    case "tenantGone":
      return "This tenant is no longer connected. `tenants` lists those that are.";
    case "organizationGone":
      return "This organization is no longer in your list.";
    case "sameOrganization":
      return `The tenant belongs to ${obstacle.organizationName} already.`;
    case "organizationHasTenant":
      return `${obstacle.organizationName} has a tenant already: ${obstacle.tenantName}. An organization has one tenant.`;
    case "openAlready": {
      const { move } = obstacle;
      return `${move.requestedBy.name} asked to move this tenant to ${move.to.name}, ${timeWords(move.requestedAt)}, and that is not decided yet.`;
    }
  }
}
