import { ComponentDialog, Dialog, type DialogTurnResult, type WaterfallStepContext } from "botbuilder-dialogs";
import { importPreviewCard } from "../cards/import-preview-card.ts";
import { authorize, refusal } from "../services/access/authorize.ts";
import { prepareImport } from "../services/organizations/import-organizations.ts";
import { attachedFiles } from "./attached-file.ts";
import { ClickableWaterfall } from "./clickable-waterfall.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { listProblem } from "./import-words.ts";
import { type GivenList, readListFile } from "./read-list-file.ts";
import { card, REPLIES, type ReplySink, TURN, type Turn, text } from "./turn.ts";

export const IMPORT_ORGANIZATIONS = "import-organizations";

/** After a list that could not be read: what was wrong with it. */
export interface ImportOptions {
  readonly problem?: string;
}

type Step = WaterfallStepContext<ImportOptions>;

const QUESTION =
  "Paste the names of your organizations here, one per line, or attach a CSV file with a column `name`. Nothing is added before you have seen a preview; `cancel` stops.";

/** Asks for a list, pasted or attached, and answers with a preview; its buttons add the names or forget them. */
export class ImportOrganizationsDialog extends ComponentDialog {
  readonly #deps: DialogDeps;

  constructor(deps: DialogDeps) {
    super(IMPORT_ORGANIZATIONS);
    this.#deps = deps;
    this.addDialog(
      new ClickableWaterfall<ImportOptions>("steps", [
        (step: Step) => this.#ask(step),
        (step: Step) => this.#read(step),
      ]),
    );
    this.initialDialogId = "steps";
  }

  async #ask(step: Step): Promise<DialogTurnResult> {
    const { replies } = valuesOf(step);
    const { problem } = step.options;
    // The list may stand in the very message that asked for the import, or be attached to it.
    const given = problem === undefined && (linesBelow(step).trim() !== "" || filesOf(step).length > 0);
    if (given) return await step.next();
    await replies.say(text(problem ?? QUESTION));
    return Dialog.EndOfTurn;
  }

  async #read(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const authorization = authorize(turn.role, "manageOrganizations");
    if (authorization.kind === "denied") {
      await replies.say(text(refusal(authorization)));
      return await step.endDialog();
    }
    const again = (problem: string) => step.replaceDialog("steps", { problem });
    const given = await this.#listOf(step);
    if (given.kind === "problem") return await again(given.sentence);
    const preparation = await prepareImport(this.#deps, {
      accountId: turn.account.id,
      personId: turn.person.id,
      text: given.text,
    });
    if (preparation.kind !== "planned") return await again(listProblem(preparation));
    await replies.say(card(importPreviewCard(preparation)));
    return await step.endDialog();
  }

  async #listOf(step: Step): Promise<GivenList> {
    const files = filesOf(step);
    return files.length === 0 ? { kind: "text", text: linesBelow(step) } : await readListFile(this.#deps, files);
  }
}

function filesOf(step: Step) {
  return attachedFiles(step.context.activity.attachments);
}

/** The lines of the message, without the command where it stands first. */
function linesBelow(step: Step): string {
  const said = step.context.activity.text ?? "";
  return said.replace(/^\s*import organizations[ \t]*(\r\n|\r|\n|$)/i, "");
}

function valuesOf(step: Step): { turn: Turn; replies: ReplySink } {
  return { turn: step.context.turnState.get(TURN), replies: step.context.turnState.get(REPLIES) };
}
