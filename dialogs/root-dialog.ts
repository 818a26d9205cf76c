import type { StatePropertyAccessor, TurnContext } from "botbuilder";
import { DialogSet, type DialogState } from "botbuilder-dialogs";
import { authorize, refusal } from "../services/access/authorize.ts";
import { answerCommand } from "./answer-command.ts";
import { CONNECT_TENANT, ConnectTenantDialog } from "./connect-tenant-dialog.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { findCommand } from "./find-command.ts";
import { showHelp } from "./show-help.ts";
import { CLICK, type Click, REPLIES, type ReplySink, TURN, type Turn, text } from "./turn.ts";

export interface RootDialog {
  /** One message: a command, the answer to a question that is open, or something the bot doesn't know. */
  hear(context: TurnContext, turn: Turn, replies: ReplySink, typed: string): Promise<void>;
  /** A click that answers the question of a dialog; begins the dialog anew where it is gone. */
  clicked(context: TurnContext, turn: Turn, replies: ReplySink, click: Click): Promise<void>;
  /** Begins to connect a tenant, in the 1:1 chat of the turn. */
  connect(context: TurnContext, turn: Turn, replies: ReplySink): Promise<void>;
}

/**
 * The way of a command: found in the table, authorized, answered. `goOnInPersonalChat` is asked where a dialog may only
 * be held in 1:1; false: that chat cannot be reached.
 */
export function createRootDialog(
  deps: DialogDeps & { goOnInPersonalChat: (turn: Turn) => Promise<boolean>; botAppId: string },
  state: StatePropertyAccessor<DialogState>,
): RootDialog {
  const dialogs = new DialogSet(state);
  dialogs.add(new ConnectTenantDialog(deps));

  const contextOf = async (context: TurnContext, turn: Turn, replies: ReplySink) => {
    context.turnState.set(TURN, turn);
    context.turnState.set(REPLIES, replies);
    return await dialogs.createContext(context);
  };

  const connect = async (context: TurnContext, turn: Turn, replies: ReplySink) => {
    const dialog = await contextOf(context, turn, replies);
    await dialog.cancelAllDialogs();
    await dialog.beginDialog(CONNECT_TENANT, {});
  };

  const connectFromAnywhere = async (context: TurnContext, turn: Turn, replies: ReplySink) => {
    if (turn.conversation.kind === "personal") return await connect(context, turn, replies);
    const reached = await deps.goOnInPersonalChat(turn);
    const chat = `https://teams.microsoft.com/l/chat/0/0?users=28:${deps.botAppId}`;
    await replies.say(
      text(
        reached
          ? "Let's connect a tenant in our 1:1 chat: I have written to you there."
          : `Connecting a tenant takes a 1:1 chat. Open [the chat with Watchdesk](${chat}) and say \`connect tenant\` there.`,
      ),
    );
  };

  return {
    connect,
    hear: async (context, turn, replies, typed) => {
      const search = findCommand(typed);
      const dialog = await contextOf(context, turn, replies);
      if (search.kind === "found") {
        const busy = dialog.activeDialog !== undefined;
        if (busy) await dialog.cancelAllDialogs();
        const { id, deed } = search.command;
        const authorization = authorize(turn.role, deed);
        if (authorization.kind === "denied") return await replies.say(text(refusal(authorization)));
        if (id === "cancel")
          return await replies.say(text(busy ? "Stopped. Nothing was changed." : "There is nothing to stop."));
        if (id === "connect") return await connectFromAnywhere(context, turn, replies);
        return await replies.say(await answerCommand(deps, turn, { id, rest: search.rest }));
      }
      if (dialog.activeDialog !== undefined && search.kind !== "empty") {
        await dialog.continueDialog();
        return;
      }
      if (search.kind === "empty") return await replies.say(showHelp(turn));
      const guess = search.didYouMean === null ? "" : ` Did you mean \`${search.didYouMean}\`?`;
      await replies.say(text(`I don't know that command.${guess} \`help\` shows what I can do for you.`));
    },
    clicked: async (context, turn, replies, click) => {
      context.turnState.set(CLICK, click);
      const dialog = await contextOf(context, turn, replies);
      if (dialog.activeDialog !== undefined) {
        await dialog.continueDialog();
        return;
      }
      if (click.verb === "connect.cancel") return await replies.say(text("There is nothing to stop."));
      await dialog.beginDialog(CONNECT_TENANT, {});
    },
  };
}
