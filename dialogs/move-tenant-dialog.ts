import { ComponentDialog, Dialog, type DialogTurnResult, type WaterfallStepContext } from "botbuilder-dialogs";
import { movePreviewCard } from "../cards/move-card.ts";
import { moveTargetCard, TARGET_CHOICES } from "../cards/move-target-card.ts";
import { moveObstacleWords } from "../cards/move-words.ts";
import { readOrganizationName } from "../services/domain/organization.ts";
import { type MoveTarget, previewMove } from "../services/tenants/request-move.ts";
import { badNameWords } from "./bad-name-words.ts";
import { ClickableWaterfall } from "./clickable-waterfall.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { findTenant, searchInWords } from "./find-tenant.ts";
import { goneTenantWords } from "./gone-tenant.ts";
import { organizationNameOf } from "./show-alerts.ts";
import { CLICK, type Click, card, REPLIES, type ReplySink, TURN, type Turn, text } from "./turn.ts";

export const MOVE_TENANT = "move-tenant";

/** Which tenant, by id or by the words that somebody typed; after a wrong answer with what was wrong and what was typed. */
export interface MoveOptions {
  tenantId?: string;
  readonly words?: string;
  readonly problem?: string;
  readonly newOrganization?: string | null;
}

type Answer = {
  readonly organizationId: string | null;
  readonly newOrganization: string | null;
  /** What was typed in place of a click, where no organization is called so. */
  readonly unknown?: string | null;
};
type Step = WaterfallStepContext<MoveOptions>;

/** Asks to which organization a tenant is to be moved, then shows what would move; its buttons go on from there. */
export class MoveTenantDialog extends ComponentDialog {
  readonly #deps: DialogDeps;

  constructor(deps: DialogDeps) {
    super(MOVE_TENANT);
    this.#deps = deps;
    this.addDialog(
      new ClickableWaterfall<MoveOptions>("steps", [
        (step: Step) => this.#ask(step),
        (step: Step) => this.#preview(step),
      ]),
    );
    this.initialDialogId = "steps";
  }

  async #ask(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const { problem, newOrganization } = step.options;
    // The card's dialog had ended (a restart long ago, another command): its answer counts all the same.
    if (clickOf(step) !== null && problem === undefined) return await step.next();
    const accountId = turn.account.id;
    const tenantId = step.options.tenantId ?? (await this.#tenantMeant(turn, replies, step.options.words ?? ""));
    if (tenantId === null) return await step.endDialog();
    // Kept for the next step, which a typed answer leads to.
    step.options.tenantId = tenantId;
    const link = (await this.#deps.links.get({ accountId, tenantId }))?.value;
    if (link === undefined) {
      await replies.say(text(await goneTenantWords(this.#deps, { accountId, tenantId })));
      return await step.endDialog();
    }
    const [organizationName, organizations] = await Promise.all([
      organizationNameOf(this.#deps, link),
      this.#deps.organizations.list({ accountId, linked: false, offset: 0, limit: TARGET_CHOICES + 1 }),
    ]);
    const { tenantName } = link;
    const kept = { problem: problem ?? null, newOrganization: newOrganization ?? null };
    await replies.say(card(moveTargetCard({ tenantId, tenantName, organizationName, organizations, ...kept })));
    return Dialog.EndOfTurn;
  }

  async #tenantMeant(turn: Turn, replies: ReplySink, words: string): Promise<string | null> {
    if (words === "") {
      await replies.say(
        text("Type the organization after the command: `move tenant Contoso Dental`. `tenants` lists them."),
      );
      return null;
    }
    const search = await findTenant(this.#deps, { accountId: turn.account.id, words });
    if (search.kind === "found") return search.link.tenantId;
    await replies.say(text(searchInWords(search, words)));
    return null;
  }

  async #preview(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const answer = await this.#answerOf(step, turn);
    const tenantId = clickOf(step)?.tenantId ?? step.options.tenantId ?? "";
    const again = (problem: string) =>
      step.replaceDialog("steps", { tenantId, problem, newOrganization: answer.newOrganization });
    const chosen = await this.#targetOf(turn, answer);
    if (chosen.kind === "problem") return await again(chosen.sentence);
    const scope = { accountId: turn.account.id, tenantId };
    const outcome = await previewMove(this.#deps, { scope, target: chosen.target });
    switch (outcome.kind) {
      case "organizationGone":
      case "sameOrganization":
      case "organizationHasTenant":
        return await again(moveObstacleWords(outcome));
      case "tenantGone":
        await replies.say(text(await goneTenantWords(this.#deps, scope)));
        return await step.endDialog();
      case "openAlready":
        await replies.say(text(moveObstacleWords(outcome)));
        return await step.endDialog();
      case "preview": {
        const { link, from, to, moved } = outcome.preview;
        await replies.say(card(movePreviewCard({ tenantId, tenantName: link.tenantName, from, to, moved })));
        return await step.endDialog();
      }
    }
  }

  /** The click's values, or what was typed instead of clicking. */
  async #answerOf(step: Step, turn: Turn): Promise<Answer> {
    const click = clickOf(step);
    if (click !== null) return click;
    const typed = (step.context.activity.text ?? "").trim();
    const known = await this.#deps.organizations.findByName(turn.account.id, typed);
    return { organizationId: known?.id ?? null, newOrganization: null, unknown: known === null ? typed : null };
  }

  async #targetOf(
    turn: Turn,
    { organizationId, newOrganization, unknown }: Answer,
  ): Promise<{ kind: "chosen"; target: MoveTarget } | { kind: "problem"; sentence: string }> {
    if (unknown !== undefined && unknown !== null) {
      // Words said by the way make no customer; a new one is named on the card.
      return {
        kind: "problem",
        sentence: `No organization is called "${unknown}". Choose one, or name a new one on the card; \`cancel\` stops.`,
      };
    }
    if (newOrganization === null) {
      if (organizationId !== null) return { kind: "chosen", target: { kind: "organization", organizationId } };
      return { kind: "problem", sentence: "Choose the organization that the tenant is of, or type a new one." };
    }
    if (organizationId !== null) {
      return { kind: "problem", sentence: "Choose an organization or type a new one, not both." };
    }
    const reading = readOrganizationName(newOrganization);
    if (reading.kind !== "name") {
      const length = reading.kind === "tooLong" ? reading.length : 0;
      return { kind: "problem", sentence: badNameWords(reading.kind, length, "Type a name on the card.") };
    }
    const { name } = reading;
    const known = await this.#deps.organizations.findByName(turn.account.id, name);
    const target: MoveTarget =
      known === null ? { kind: "newOrganization", name } : { kind: "organization", organizationId: known.id };
    return { kind: "chosen", target };
  }
}

function valuesOf(step: Step): { turn: Turn; replies: ReplySink } {
  return { turn: step.context.turnState.get(TURN), replies: step.context.turnState.get(REPLIES) };
}

function clickOf(step: Step): Extract<Click, { verb: "move.choose" }> | null {
  const click: Click | undefined = step.context.turnState.get(CLICK);
  return click?.verb === "move.choose" ? click : null;
}
