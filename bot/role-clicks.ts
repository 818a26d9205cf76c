import type { CardAction } from "../cards/card-action.ts";
import { grantInWords, revokeInWords } from "../dialogs/change-roles.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { showRoles } from "../dialogs/show-roles.ts";
import type { Reply, Turn } from "../dialogs/turn.ts";

export type RoleClick = Extract<CardAction, { verb: "roles.grant" | "roles.revoke" }>;

/** A click on the roles card: the fresh card says what came of it. */
export async function answerRoleClick(deps: DialogDeps, turn: Turn, click: RoleClick): Promise<Reply> {
  switch (click.verb) {
    case "roles.grant":
      return await showRoles(deps, turn, { offset: 0, note: await grant(deps, turn, click) });
    case "roles.revoke": {
      const known = await deps.roles.get(turn.account.id, click.personId);
      // Somebody else may have taken the role away already: the card's name is only good enough to say so.
      const person = known?.person ?? { id: click.personId, name: click.personName, signInName: null };
      const note = await revokeInWords(deps, turn, { person, seenAt: click.seenAt });
      return await showRoles(deps, turn, { offset: 0, note });
    }
  }
}

async function grant(
  deps: DialogDeps,
  turn: Turn,
  click: Extract<RoleClick, { verb: "roles.grant" }>,
): Promise<string> {
  const { picked, typed, role, seenAt } = click;
  if (picked !== null && typed !== null && picked.toLowerCase() !== typed.toLowerCase())
    return "You picked one person and typed another. Leave one of the two empty.";
  if (picked?.includes(",") === true) return "Pick one person at a time.";
  return await grantInWords(deps, turn, { role, named: picked ?? typed ?? "", seenAt });
}
