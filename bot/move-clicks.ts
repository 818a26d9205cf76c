import type { CardAction } from "../cards/card-action.ts";
import { moveCard } from "../cards/move-card.ts";
import { moveObstacleWords, moveRefusalWords, undoRefusalWords } from "../cards/move-words.ts";
import { addOrganization } from "../dialogs/add-organization.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { goneTenantWords } from "../dialogs/gone-tenant.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import type { MoveRequest } from "../services/domain/move-request.ts";
import { answerMove } from "../services/tenants/answer-move.ts";
import type { MoveAnswer } from "../services/tenants/decide-move-approval.ts";
import { type MoveObstacle, previewMove, requestMove } from "../services/tenants/request-move.ts";
import { rememberMoveCard } from "../services/tenants/show-move.ts";
import { undoMove } from "../services/tenants/undo-move.ts";

type MoveClick = Extract<
  CardAction,
  { verb: "move.request" | "move.approve" | "move.decline" | "move.cancel" | "move.undo" }
>;

const UNKNOWN_MOVE = "Watchdesk no longer knows this move.";

/** A click on the card of a move: asked for, approved, declined, taken back or undone; the card shows what became of it. */
export async function answerMoveClick(deps: DialogDeps, turn: Turn, click: MoveClick): Promise<Reply> {
  switch (click.verb) {
    case "move.request":
      return await ask(deps, turn, click);
    case "move.approve":
      return await answer(deps, turn, click.moveId, "approve");
    case "move.decline":
      return await answer(deps, turn, click.moveId, "decline");
    case "move.cancel":
      return await answer(deps, turn, click.moveId, "cancel");
    case "move.undo":
      return await undo(deps, turn, click.moveId);
  }
}

async function ask(deps: DialogDeps, turn: Turn, click: Extract<MoveClick, { verb: "move.request" }>): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId: click.tenantId };
  const said = async (obstacle: MoveObstacle) =>
    text(obstacle.kind === "tenantGone" ? await goneTenantWords(deps, scope) : moveObstacleWords(obstacle));
  let toOrganizationId = click.organizationId ?? "";
  if (click.newOrganization !== null) {
    const target = { kind: "newOrganization", name: click.newOrganization } as const;
    const possible = await previewMove(deps, { scope, target });
    if (possible.kind !== "preview") return await said(possible);
    const addition = await addOrganization(deps, turn, click.newOrganization);
    if (addition.kind === "badName") return text(addition.sentence);
    toOrganizationId = addition.organization.id;
  }
  const where = turn.conversation.id;
  const outcome = await requestMove(deps, { scope, toOrganizationId, by: turn.person, where });
  return outcome.kind === "requested" ? shown(deps, turn, outcome.move) : await said(outcome);
}

async function answer(deps: DialogDeps, turn: Turn, moveId: string, said: MoveAnswer): Promise<Reply> {
  const outcome = await answerMove(deps, { ...clickOf(turn, moveId), answer: said });
  switch (outcome.kind) {
    case "missing":
      return text(UNKNOWN_MOVE);
    case "refused":
      return text(moveRefusalWords(outcome.refusal, outcome.move));
    case "answered":
      return shown(deps, turn, outcome.move);
  }
}

async function undo(deps: DialogDeps, turn: Turn, moveId: string): Promise<Reply> {
  const outcome = await undoMove(deps, clickOf(turn, moveId));
  switch (outcome.kind) {
    case "missing":
      return text(UNKNOWN_MOVE);
    case "refused":
      return text(undoRefusalWords(outcome.refusal, outcome.move));
    case "undone":
      return shown(deps, turn, outcome.move);
  }
}

function clickOf(turn: Turn, moveId: string) {
  return { accountId: turn.account.id, moveId, by: turn.person, where: turn.conversation.id };
}

/** The move's card for everybody there; from then on that message follows the move. */
function shown(deps: DialogDeps, turn: Turn, move: MoveRequest): Reply {
  const conversationId = turn.conversation.id;
  return {
    kind: "card",
    everyone: true,
    rendered: moveCard({ move, forRequester: conversationId === move.requestedIn }),
    shown: (activityId) =>
      rememberMoveCard(deps, { moveId: move.id, card: { conversationId, activityId, shownRevision: move.revision } }),
  };
}
