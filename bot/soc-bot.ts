import {
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  type BotState,
  type InvokeResponse,
  TeamsActivityHandler,
  TurnContext,
} from "botbuilder";
import { parseCardAction } from "../cards/card-action.ts";
import { errorCard } from "../cards/error-card.ts";
import { welcomeCard } from "../cards/welcome-card.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import type { RootDialog } from "../dialogs/root-dialog.ts";
import { type Reply, type ReplySink, type Turn, text } from "../dialogs/turn.ts";
import { answerClick } from "./card-actions.ts";
import { answerSearch } from "./organization-search.ts";
import { type ClickAnswer, clickReplies, messageAnswer, messageReplies, submitReplies } from "./replies.ts";
import { conversationOf, type TurnDeps, turnOf } from "./turn-of-activity.ts";

export interface SocBotDeps extends DialogDeps, Pick<TurnDeps, "accounts" | "roster"> {
  readonly root: RootDialog;
  /** Dialog state, saved at the end of each turn. */
  readonly state: BotState;
  /** Where what a click comes to is said, once its answer is given already. */
  readonly late: (context: TurnContext) => ReplySink;
  /** How long a click may take before it is answered with a word; Teams gives up after about 15 seconds. */
  readonly clickPatienceMs: number;
}

const UNKNOWN_PERSON = text("Teams does not say who you are here, so I can't do anything for you.");
const STILL_WORKING = "Still working. The card follows when it is done.";

/** The edge to Teams: one short method per kind of activity. */
export class SocBot extends TeamsActivityHandler {
  readonly #deps: SocBotDeps;

  constructor(deps: SocBotDeps) {
    super();
    this.#deps = deps;
    this.onMessage((context) => this.#message(context));
    this.onInstallationUpdateAdd((context) => this.#installed(context));
    this.onInstallationUpdateRemove((context) => this.#removed(context));
    this.onConversationUpdate((context) => this.#conversationSeen(context));
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context);
    await this.#deps.state.saveChanges(context, false);
  }

  async #message(context: TurnContext): Promise<void> {
    const { activity } = context;
    const data: unknown = activity.value;
    if (isRecord(data) && typeof data.verb === "string") {
      await this.#click(context, data.verb, data, submitReplies(context));
      return;
    }
    const replies = messageReplies(context);
    await this.#guarded(context, replies, async (turn) => {
      const typed = TurnContext.removeRecipientMention(activity) ?? activity.text ?? "";
      await this.#deps.root.hear(context, turn, replies, typed.trim());
    });
  }

  protected override async onAdaptiveCardInvoke(
    context: TurnContext,
    invoke: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const replies = clickReplies(context);
    const afterwards = this.#deps.late(context);
    let answered = false;
    const sink = { say: (reply: Reply) => (answered ? afterwards.say(reply) : replies.say(reply)) };
    const click = this.#click(context, invoke.action.verb, invoke.action.data, sink);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ClickAnswer>((resolve) => {
      timer = setTimeout(() => resolve(messageAnswer(STILL_WORKING)), this.#deps.clickPatienceMs);
    });
    const answer = await Promise.race([click.then(() => replies.answer()), late]);
    answered = true;
    clearTimeout(timer);
    return answer as AdaptiveCardInvokeResponse;
  }

  /** Typeahead of a card's choices; botbuilder's own reading refuses an empty search. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    if (context.activity.name !== "application/search") return await super.onInvokeActivity(context);
    const turn = await turnOf(this.#deps, context.activity);
    const answer = await answerSearch(this.#deps, turn, context.activity.value);
    return { status: answer.statusCode, body: answer };
  }

  async #click(context: TurnContext, verb: unknown, data: unknown, replies: ReplySink): Promise<void> {
    await this.#guarded(context, replies, async (turn) => {
      const click = parseCardAction(verb, data);
      if (click === null)
        return await replies.say(
          text("This button is from an older version of the card. Ask for a new card and try again."),
        );
      await answerClick(this.#deps, { context, turn, replies, click });
    });
  }

  /** Whatever breaks in a turn is said in one sentence with a reference; the log has the rest. */
  async #guarded(context: TurnContext, replies: ReplySink, work: (turn: Turn) => Promise<void>): Promise<void> {
    const turn = await turnOf(this.#deps, context.activity);
    if (turn === null) return await replies.say(UNKNOWN_PERSON);
    try {
      await work(turn);
    } catch (cause) {
      const reference = this.#deps.randomness.id().slice(0, 8);
      this.#deps.log.error("A turn failed.", { reference }, cause);
      const what = "That did not work, and nothing you see has changed.";
      await replies.say({ kind: "card", rendered: errorCard({ what, todo: "Try again in a minute.", reference }) });
    }
  }

  async #installed(context: TurnContext): Promise<void> {
    const conversation = await conversationOf(this.#deps, context.activity);
    const account = this.#deps.accounts.find(({ id }) => id === conversation?.accountId);
    if (conversation === null || account === undefined) return;
    const rendered = welcomeCard({ accountName: account.name, place: conversation.kind });
    await messageReplies(context).say({ kind: "card", rendered });
  }

  async #removed(context: TurnContext): Promise<void> {
    const conversation = await conversationOf(this.#deps, context.activity);
    if (conversation !== null) await this.#deps.conversations.remove(conversation.accountId, conversation.id);
  }

  async #conversationSeen(context: TurnContext): Promise<void> {
    await conversationOf(this.#deps, context.activity);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
