import { ComponentDialog, Dialog, type DialogTurnResult, type WaterfallStepContext } from "botbuilder-dialogs";
import { connectPreviewCard } from "../cards/connect-preview-card.ts";
import { authorize, refusal } from "../services/access/authorize.ts";
import { CONNECTIONS_LIMIT, prepareConnections } from "../services/tenants/prepare-connections.ts";
import { attachedFiles } from "./attached-file.ts";
import { ClickableWaterfall } from "./clickable-waterfall.ts";
import { connectListProblem } from "./connect-list-problem.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { readListFile } from "./read-list-file.ts";
import { card, REPLIES, type ReplySink, TURN, type Turn, text } from "./turn.ts";

export const CONNECT_TENANTS = "connect-tenants";

/** After a list that could not be read with what was wrong; `list` is what stood in the message that asked. */
export interface ConnectTenantsOptions {
  readonly problem?: string;
  readonly list?: string;
}

type Step = WaterfallStepContext<ConnectTenantsOptions>;

const ALL = /^\s*all[.!]?\s*$/i;

/** Asks for a list of organizations, pasted or attached, or `all`, and answers with a preview; its buttons make the links or forget them. */
export class ConnectTenantsDialog extends ComponentDialog {
  readonly #deps: DialogDeps;

  constructor(deps: DialogDeps) {
    super(CONNECT_TENANTS);
    this.#deps = deps;
    this.addDialog(
      new ClickableWaterfall<ConnectTenantsOptions>("steps", [
        (step: Step) => this.#ask(step),
        (step: Step) => this.#read(step),
      ]),
    );
    this.initialDialogId = "steps";
  }

  async #ask(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const { problem, list = "" } = step.options;
    if (problem === undefined && (list.trim() !== "" || filesOf(step).length > 0)) return await step.next();
    await replies.say(text(problem ?? (await this.#question(turn))));
    return Dialog.EndOfTurn;
  }

  async #question(turn: Turn): Promise<string> {
    const limit = CONNECTIONS_LIMIT + 1;
    const free = await this.#deps.organizations.list({
      accountId: turn.account.id,
      linked: false,
      offset: 0,
      limit,
    });
    const count = free.length === limit ? `more than ${inWords(CONNECTIONS_LIMIT)}` : inWords(free.length);
    const all =
      free.length === 0 || free.length === limit
        ? `${count} of your organizations have no tenant.`
        : `Or answer \`all\` to take every organization without a tenant (${count}).`;
    return `Paste the organizations whose tenants are to be connected, one per line, with the customer's domain after a comma where you know it, or attach a CSV file with the columns \`name\` and \`domain\`. ${all} Nothing is made before you have seen a preview; \`cancel\` stops.`;
  }

  async #read(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const authorization = authorize(turn.role, "connectTenants");
    if (authorization.kind === "denied") {
      await replies.say(text(refusal(authorization)));
      return await step.endDialog();
    }
    const again = (problem: string) => step.replaceDialog("steps", { problem });
    const files = filesOf(step);
    const { list = "" } = step.options;
    const said = list.trim() === "" ? (step.context.activity.text ?? "") : list;
    const given = files.length > 0 ? await readListFile(this.#deps, files) : { kind: "text" as const, text: said };
    if (given.kind === "problem") return await again(given.sentence);
    const preparation = await prepareConnections(this.#deps, {
      accountId: turn.account.id,
      personId: turn.person.id,
      text: ALL.test(given.text) ? null : given.text,
    });
    if (preparation.kind !== "planned") return await again(connectListProblem(preparation));
    await replies.say(card(connectPreviewCard(preparation)));
    return await step.endDialog();
  }
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}

function filesOf(step: Step) {
  return attachedFiles(step.context.activity.attachments);
}

function valuesOf(step: Step): { turn: Turn; replies: ReplySink } {
  return { turn: step.context.turnState.get(TURN), replies: step.context.turnState.get(REPLIES) };
}
