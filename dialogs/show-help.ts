import { helpCard } from "../cards/help-card.ts";
import { authorize } from "../services/access/authorize.ts";
import { COMMANDS } from "./commands.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** What the bot can do for this person here: only what their role allows. */
export function showHelp(turn: Turn): Reply {
  const commands = COMMANDS.filter((command) => authorize(turn.role, command.deed).kind === "allowed");
  return card(helpCard({ role: turn.role, accountName: turn.account.name, commands }));
}
