import { ComponentDialog, Dialog, type DialogTurnResult, type WaterfallStepContext } from "botbuilder-dialogs";
import { consentCard } from "../cards/consent-card.ts";
import { mapOrganizationCard, ORGANIZATION_CHOICES } from "../cards/map-organization-card.ts";
import { noticeCard } from "../cards/notice-card.ts";
import type { Organization } from "../services/domain/organization.ts";
import { beginLink } from "../services/tenants/begin-link.ts";
import { rememberConsentCard } from "../services/tenants/remember-consent-card.ts";
import { addOrganization } from "./add-organization.ts";
import { ClickableWaterfall } from "./clickable-waterfall.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { CLICK, type Click, card, REPLIES, type Reply, type ReplySink, TURN, type Turn } from "./turn.ts";

export const CONNECT_TENANT = "connect-tenant";

/** What the mapping card is shown with; after a wrong answer with what was wrong and what was typed. */
export interface ConnectOptions {
  readonly problem?: string;
  readonly newOrganization?: string | null;
  readonly domain?: string | null;
  /** Which choices are shown: those whose name contains the text, from `offset` on. */
  readonly filter?: string;
  readonly offset?: number;
}

type Mapping = Pick<Extract<Click, { verb: "connect.map" }>, "organizationId" | "newOrganization" | "domain">;
type Step = WaterfallStepContext<ConnectOptions>;

/** Journey 1, steps 1 to 3: which organization, then the consent link. Its state is in the store: a restart goes on here. */
export class ConnectTenantDialog extends ComponentDialog {
  readonly #deps: DialogDeps;

  constructor(deps: DialogDeps) {
    super(CONNECT_TENANT);
    this.#deps = deps;
    this.addDialog(
      new ClickableWaterfall<ConnectOptions>("steps", [
        (step: Step) => this.#ask(step),
        (step: Step) => this.#begin(step),
      ]),
    );
    this.initialDialogId = "steps";
  }

  async #ask(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const options = step.options;
    const click: Click | undefined = step.context.turnState.get(CLICK);
    // The card's dialog had ended (a restart long ago, another command): its answer counts all the same.
    if (click?.verb === "connect.map" && options.problem === undefined) return await step.next();
    const shown = click?.verb === "connect.find" ? click : options;
    const { filter = "", offset = 0 } = shown;
    const rendered = mapOrganizationCard({
      organizations: await this.#withoutTenant(turn, filter, offset),
      offset,
      filter,
      problem: options.problem ?? null,
      values: { newOrganization: shown.newOrganization ?? null, domain: shown.domain ?? null },
    });
    await replies.say({ kind: "card", rendered });
    return Dialog.EndOfTurn;
  }

  async #begin(step: Step): Promise<DialogTurnResult> {
    const { turn, replies } = valuesOf(step);
    const searched = await this.#searchOf(step, turn);
    if (searched !== null) return await step.replaceDialog("steps", searched);
    const mapping = await this.#mappingOf(step, turn);
    if (mapping === null) {
      await replies.say(
        card(noticeCard({ title: "Nothing was connected", text: "Say `connect tenant` to begin again." })),
      );
      return await step.endDialog();
    }
    const again = (problem: string) =>
      step.replaceDialog("steps", { problem, newOrganization: mapping.newOrganization, domain: mapping.domain });
    const chosen = await this.#organizationOf(turn, mapping);
    if (chosen.kind === "problem") return await again(chosen.sentence);
    const outcome = await beginLink(this.#deps, {
      account: turn.account,
      organization: chosen.organization,
      requestedBy: turn.person,
      conversationId: turn.conversation.id,
      domain: mapping.domain,
    });
    const { name } = chosen.organization;
    switch (outcome.kind) {
      case "organizationHasTenant":
        return await again(connectedTo(name, outcome.tenantName, outcome.tenantDomain));
      case "consentUnderWay":
        return await again(`${name}'s tenant has just consented and is being checked. Its card follows the progress.`);
      case "domainUnknown":
        return await again(
          `Microsoft knows no tenant with the domain ${outcome.domain}. Check the spelling, or leave it empty.`,
        );
      case "domainTenantLinked":
        return await again(
          outcome.where === "here"
            ? `The tenant of that domain is connected to ${outcome.organizationName} already.`
            : "The tenant of that domain cannot be connected here. Ask Watchdesk's operator if that surprises you.",
        );
      case "begun":
        await replies.say(this.#consentReply(turn, outcome.journey, outcome.consentUrl));
        return await step.endDialog();
    }
  }

  #consentReply(turn: Turn, journey: Parameters<typeof consentCard>[0]["journey"], consentUrl: string): Reply {
    return {
      kind: "card",
      everyone: true,
      rendered: consentCard({
        journey,
        consentUrl,
        accountName: turn.account.name,
        permissions: this.#deps.book.permissions,
      }),
      shown: (activityId) => rememberConsentCard(this.#deps, { journeyId: journey.id, activityId }),
    };
  }

  /** What to look for: by the card's button, or by a part of a name that was typed; null: the answer is something else. */
  async #searchOf(step: Step, turn: Turn): Promise<ConnectOptions | null> {
    const click: Click | undefined = step.context.turnState.get(CLICK);
    if (click !== undefined) return click.verb === "connect.find" ? click : null;
    const typed = (step.context.activity.text ?? "").trim();
    if (typed === "" || (await this.#deps.organizations.findByName(turn.account.id, typed)) !== null) return null;
    return (await this.#withoutTenant(turn, typed, 0)).length === 0 ? null : { filter: typed };
  }

  /** One more than is shown, so that the card knows of it. */
  async #withoutTenant(turn: Turn, filter: string, offset: number): Promise<readonly Organization[]> {
    return await this.#deps.organizations.list({
      accountId: turn.account.id,
      linked: false,
      text: filter,
      startsFirst: true,
      offset,
      limit: ORGANIZATION_CHOICES + 1,
    });
  }

  /** The click's values, or what was typed instead of clicking; null: stop. */
  async #mappingOf(step: Step, turn: Turn): Promise<Mapping | null> {
    const click: Click | undefined = step.context.turnState.get(CLICK);
    if (click?.verb === "connect.map") return click;
    if (click !== undefined) return null;
    const typed = (step.context.activity.text ?? "").trim();
    const known = await this.#deps.organizations.findByName(turn.account.id, typed);
    return { organizationId: known?.id ?? null, newOrganization: known === null ? typed : null, domain: null };
  }

  async #organizationOf(
    turn: Turn,
    mapping: Mapping,
  ): Promise<{ kind: "chosen"; organization: Organization } | { kind: "problem"; sentence: string }> {
    if (mapping.newOrganization !== null) {
      if (mapping.organizationId !== null) return problem("Choose an organization or type a new one, not both.");
      const addition = await addOrganization(this.#deps, turn, mapping.newOrganization);
      return addition.kind === "badName"
        ? problem(addition.sentence)
        : { kind: "chosen", organization: addition.organization };
    }
    if (mapping.organizationId === null)
      return problem("Choose the organization whose tenant is to be connected, or type a new one.");
    const organization = await this.#deps.organizations.get(turn.account.id, mapping.organizationId);
    return organization === null
      ? problem("This organization is no longer in your list.")
      : { kind: "chosen", organization };
  }
}

function valuesOf(step: Step): { turn: Turn; replies: ReplySink } {
  return { turn: step.context.turnState.get(TURN), replies: step.context.turnState.get(REPLIES) };
}

function problem(sentence: string) {
  return { kind: "problem" as const, sentence };
}

function connectedTo(organization: string, tenantName: string, domain: string): string {
  return `${organization} is connected to ${tenantName} (${domain}) already. An organization has one tenant.`;
}
