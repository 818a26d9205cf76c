import type { StatePropertyAccessor, TurnContext } from "botbuilder";
import { type DialogContext, DialogSet, type DialogState } from "botbuilder-dialogs";
import { authorize, refusal } from "../services/access/authorize.ts";
import { type AnsweredCommand, answerCommand } from "./answer-command.ts";
import { attachedFiles } from "./attached-file.ts";
import type { Command, CommandId } from "./commands.ts";
import { CONNECT_TENANT, ConnectTenantDialog } from "./connect-tenant-dialog.ts";
import { CONNECT_TENANTS, ConnectTenantsDialog } from "./connect-tenants-dialog.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { findCommand } from "./find-command.ts";
import { IMPORT_ORGANIZATIONS, ImportOrganizationsDialog } from "./import-organizations-dialog.ts";
import { MOVE_TENANT, MoveTenantDialog } from "./move-tenant-dialog.ts";
import { showHelp } from "./show-help.ts";
import { CLICK, type Click, REPLIES, type Reply, type ReplySink, TURN, type Turn, text } from "./turn.ts";

type TurnWork = (context: TurnContext, turn: Turn, replies: ReplySink) => Promise<void>;

export interface RootDialogDeps extends DialogDeps {
  /** Goes on with the turn in the person's 1:1 chat; false: that chat cannot be reached. */
  readonly goOnInPersonalChat: (turn: Turn, work: TurnWork) => Promise<boolean>;
  readonly botAppId: string;
}

/** Commands whose answers hold nothing of a customer. */
const PUBLIC_COMMANDS: ReadonlySet<AnsweredCommand> = new Set([
  "help",
  "postAlertsHere",
  "postNoticesHere",
  "grant",
  "revoke",
]);

/** Commands that a list may follow, line by line. */
const LIST_COMMANDS: ReadonlySet<CommandId> = new Set<CommandId>(["connectTenants", "importOrganizations"]);

/** Commands whose answers let whoever has them in: given in 1:1 alone, wherever they were asked for. */
const PERSONAL_COMMANDS: ReadonlySet<AnsweredCommand> = new Set(["auditExport"]);

/** A dialog of the 1:1 chat, and how it is spoken of elsewhere. */
interface Dialogue {
  readonly id: string;
  readonly words: string;
  readonly what: string;
  readonly takes: string;
}

const CONNECTING: Dialogue = {
  id: CONNECT_TENANT,
  words: "connect tenant",
  what: "connect a tenant",
  takes: "Connecting a tenant",
};
const CONNECTING_MANY: Dialogue = {
  id: CONNECT_TENANTS,
  words: "connect tenants",
  what: "connect tenants",
  takes: "Connecting tenants",
};
const MOVING: Dialogue = { id: MOVE_TENANT, words: "move tenant", what: "move the tenant", takes: "Moving a tenant" };
const IMPORTING: Dialogue = {
  id: IMPORT_ORGANIZATIONS,
  words: "import organizations",
  what: "import organizations",
  takes: "Importing organizations",
};

/** The way of a message or a dialog's click: found in the command table, authorized, answered where customers' data may stand. */
export class RootDialog {
  readonly #deps: RootDialogDeps;
  readonly #dialogs: DialogSet;

  constructor(deps: RootDialogDeps, state: StatePropertyAccessor<DialogState>) {
    this.#deps = deps;
    this.#dialogs = new DialogSet(state);
    this.#dialogs.add(new ConnectTenantDialog(deps));
    this.#dialogs.add(new ConnectTenantsDialog(deps));
    this.#dialogs.add(new MoveTenantDialog(deps));
    this.#dialogs.add(new ImportOrganizationsDialog(deps));
  }

  /** One message: a command, the answer to a question that is open, or something the bot doesn't know. */
  async hear(context: TurnContext, turn: Turn, replies: ReplySink, typed: string): Promise<void> {
    // A list is no command, whatever its first line says: commands have one line.
    const [firstLine = "", ...otherLines] = typed.trim().split(/[\r\n]+/);
    const search = findCommand(firstLine);
    const dialog = await this.#dialogOf(context, turn, replies);
    const hasFile = attachedFiles(context.activity.attachments).length > 0;
    const takesList = search.kind === "found" && LIST_COMMANDS.has(search.command.id);
    if (dialog.activeDialog !== undefined && !takesList && (otherLines.length > 0 || hasFile)) {
      await dialog.continueDialog();
      return;
    }
    if (search.kind === "found") {
      const below = typed.trim().slice(firstLine.length);
      return await this.#command(context, turn, replies, dialog, { ...search, below });
    }
    if (search.kind === "empty") return await replies.say(showHelp(turn));
    if (dialog.activeDialog !== undefined) {
      await dialog.continueDialog();
      return;
    }
    const guess = search.didYouMean === null ? "" : ` Did you mean \`${search.didYouMean}\`?`;
    await replies.say(text(`I don't know that command.${guess} \`help\` shows what I can do for you.`));
  }

  /** A click that answers a dialog's question; where the dialog is gone, it begins anew with that answer. */
  async clicked(context: TurnContext, turn: Turn, replies: ReplySink, click: Click): Promise<void> {
    context.turnState.set(CLICK, click);
    const dialog = await this.#dialogOf(context, turn, replies);
    const { activeDialog } = dialog;
    if (activeDialog !== undefined && activeDialog.id !== CONNECT_TENANT) await dialog.cancelAllDialogs();
    if (dialog.activeDialog !== undefined) await dialog.continueDialog();
    else if (click.verb === "connect.cancel") await replies.say(text("There is nothing to stop."));
    else await dialog.beginDialog(CONNECT_TENANT, {});
  }

  /** Move on a tenant's card: asks to which organization, in 1:1. */
  async moveTenant(context: TurnContext, turn: Turn, replies: ReplySink, which: { tenantId: string }): Promise<void> {
    await this.#begin(context, turn, replies, MOVING, { tenantId: which.tenantId });
  }

  /** The organization that a move's card was answered with; where the dialog is gone, it begins anew with that answer. */
  async targetChosen(
    context: TurnContext,
    turn: Turn,
    replies: ReplySink,
    click: Extract<Click, { verb: "move.choose" }>,
  ): Promise<void> {
    context.turnState.set(CLICK, click);
    const dialog = await this.#dialogOf(context, turn, replies);
    await dialog.cancelAllDialogs();
    await dialog.beginDialog(MOVE_TENANT, { tenantId: click.tenantId });
  }

  /** An answer that lets whoever has it in: given in 1:1 alone, wherever it was asked for. */
  async sayAlone(turn: Turn, replies: ReplySink, answer: (turn: Turn) => Promise<Reply>): Promise<void> {
    if (turn.conversation.kind === "personal") return await replies.say(await answer(turn));
    const why = "The answer is a link that works for whoever has it, so it does not belong here.";
    await this.#sayInPersonalChat(turn, replies, answer, why);
  }

  async #command(
    context: TurnContext,
    turn: Turn,
    replies: ReplySink,
    dialog: DialogContext,
    { command, rest, below }: { command: Command; rest: string; below: string },
  ): Promise<void> {
    const busy = dialog.activeDialog !== undefined;
    if (busy) await dialog.cancelAllDialogs();
    const authorization = authorize(turn.role, command.deed);
    if (authorization.kind === "denied") return await replies.say(text(refusal(authorization)));
    const { id } = command;
    if (id === "cancel") {
      return await replies.say(text(busy ? "Stopped. Nothing was changed." : "There is nothing to stop."));
    }
    if (id === "connect") return await this.#begin(context, turn, replies, CONNECTING);
    if (id === "connectTenants") {
      const list = rest === "" ? below.replace(/^(\r\n|\r|\n)/, "") : `${rest}${below}`;
      return await this.#begin(context, turn, replies, CONNECTING_MANY, { list });
    }
    if (id === "move") return await this.#begin(context, turn, replies, MOVING, { words: rest });
    if (id === "importOrganizations") return await this.#begin(context, turn, replies, IMPORTING);
    await this.#answer(turn, replies, { id, rest });
  }

  /** Customers' data is answered in 1:1 where outsiders read along, links to files always. */
  async #answer(turn: Turn, replies: ReplySink, input: { id: AnsweredCommand; rest: string }): Promise<void> {
    const answer = (where: Turn) => answerCommand(this.#deps, where, input);
    if (PERSONAL_COMMANDS.has(input.id)) return await this.sayAlone(turn, replies, answer);
    if (PUBLIC_COMMANDS.has(input.id) || !(await turn.hasOutsiders())) return await replies.say(await answer(turn));
    await this.#sayInPersonalChat(
      turn,
      replies,
      answer,
      "This conversation has guests, who would read customers' data.",
    );
  }

  async #sayInPersonalChat(
    turn: Turn,
    replies: ReplySink,
    answer: (turn: Turn) => Promise<Reply>,
    why: string,
  ): Promise<void> {
    const reached = await this.#deps.goOnInPersonalChat(turn, async (_context, personal, sink) =>
      sink.say(await answer(personal)),
    );
    const how = reached ? "I have answered in our 1:1 chat." : `Ask me in ${this.#chatLink()}.`;
    await replies.say(text(`${why} ${how}`));
  }

  /** Begins a dialog in the 1:1 chat, wherever it was asked for. */
  async #begin(
    context: TurnContext,
    turn: Turn,
    replies: ReplySink,
    dialogue: Dialogue,
    options: object = {},
  ): Promise<void> {
    const begin: TurnWork = async (where, personal, sink) => {
      const dialog = await this.#dialogOf(where, personal, sink);
      await dialog.cancelAllDialogs();
      await dialog.beginDialog(dialogue.id, options);
    };
    if (turn.conversation.kind === "personal") return await begin(context, turn, replies);
    const reached = await this.#deps.goOnInPersonalChat(turn, begin);
    const sentence = reached
      ? `Let's ${dialogue.what} in our 1:1 chat: I have written to you there.`
      : `${dialogue.takes} takes a 1:1 chat. Open ${this.#chatLink()} and say \`${dialogue.words}\` there.`;
    await replies.say(text(sentence));
  }

  async #dialogOf(context: TurnContext, turn: Turn, replies: ReplySink): Promise<DialogContext> {
    context.turnState.set(TURN, turn);
    context.turnState.set(REPLIES, replies);
    return await this.#dialogs.createContext(context);
  }

  #chatLink(): string {
    return `[the chat with Watchdesk](https://teams.microsoft.com/l/chat/0/0?users=28:${this.#deps.botAppId})`;
  }
}
