import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type ResourceResponse,
  type TurnContext,
} from "botbuilder";
import { Breakdown } from "../services/domain/breakdown.ts";
import { SECOND } from "../services/domain/instant.ts";
import type { ConnectorCall, ConnectorOutcome, Place } from "./teams-connector.ts";
import { editActivity, postActivity } from "./teams-posts.ts";

/** How long a reply may wait for Teams' windows in all; the turn is acknowledged after ten seconds. */
const PATIENCE = 3 * SECOND;

export interface TeamsAdapterSettings {
  readonly botAppId: string;
  readonly botTenantId: string;
  readonly botPassword: string;
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
}

/**
 * botbuilder's adapter for turns; whatever it sends goes through our own connector call, since its client posts the same
 * card again by itself (reliability.md fact 1). A reply that Teams makes wait is put off for a moment within the turn.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #call: ConnectorCall;
  readonly #pause: (milliseconds: number) => Promise<void>;

  constructor(settings: TeamsAdapterSettings, call: ConnectorCall, pause: (milliseconds: number) => Promise<void>) {
    super(
      new ConfigurationBotFrameworkAuthentication({
        MicrosoftAppId: settings.botAppId,
        MicrosoftAppPassword: settings.botPassword,
        MicrosoftAppTenantId: settings.botTenantId,
        MicrosoftAppType: "SingleTenant",
        ToChannelFromBotLoginUrl: `${settings.loginUrl}/${settings.botTenantId}`,
        ToChannelFromBotOAuthScope: "https://api.botframework.com",
        ToBotFromChannelTokenIssuer: settings.tokenIssuer,
        ToBotFromChannelOpenIdMetadataUrl: settings.openIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdMetadataUrl,
        OAuthUrl: "https://token.botframework.com",
        ValidateAuthority: true,
      }),
    );
    this.#call = call;
    this.#pause = pause;
  }

  /** Runs one turn and gives back what an invoke is to be answered with. */
  async handle(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return await this.processActivity(authorization, activity, logic);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) {
      if (activity.type === "invokeResponse") {
        context.turnState.set(INVOKE_RESPONSE_KEY, activity);
        responses.push({ id: "" });
      } else if (activity.type === "message") {
        responses.push({ id: await this.#post(activity) });
      }
    }
    return responses;
  }

  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    const id = activity.id ?? "";
    const outcome = await this.#patiently(() =>
      editActivity(this.#call, {
        place: placeOf(activity),
        activityId: id,
        activity: { ...activity, type: "message" },
      }),
    );
    if (outcome.kind !== "done") throw notSent(outcome);
    return { id };
  }

  override async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const place = placeOf(reference);
    const conversation = encodeURIComponent(place.conversationId);
    const path = `conversations/${conversation}/activities/${encodeURIComponent(reference.activityId ?? "")}`;
    await this.#call({ place, method: "DELETE", path });
  }

  async #post(activity: Partial<Activity>): Promise<string> {
    const outcome = await this.#patiently(() =>
      postActivity(this.#call, {
        place: placeOf(activity),
        activity: { ...activity, type: "message" },
        newThread: false,
        botId: activity.from?.id ?? "",
      }),
    );
    if (outcome.kind !== "posted") throw notSent(outcome);
    return outcome.id;
  }

  /** A reply is waited for a short while; a turn must be answered within ten seconds. */
  async #patiently<Outcome extends { kind: string }>(
    call: () => Promise<Outcome | Extract<ConnectorOutcome, { kind: "wait" }>>,
  ): Promise<Outcome | Extract<ConnectorOutcome, { kind: "wait" }>> {
    let waited = 0;
    for (;;) {
      const outcome = await call();
      if (!isWait(outcome) || waited + outcome.milliseconds > PATIENCE) return outcome;
      // A timer may fire a moment early, and others post in the meantime: the window is asked again.
      const milliseconds = outcome.milliseconds + 5;
      waited += milliseconds;
      await this.#pause(milliseconds);
    }
  }
}

function isWait(outcome: { kind: string }): outcome is Extract<ConnectorOutcome, { kind: "wait" }> {
  return outcome.kind === "wait";
}

function placeOf(activity: Partial<Activity> | Partial<ConversationReference>): Place {
  return {
    accountId: activity.conversation?.tenantId ?? "",
    conversationId: activity.conversation?.id ?? "",
    serviceUrl: activity.serviceUrl ?? "",
  };
}

function notSent(outcome: { kind: string }): Breakdown {
  return new Breakdown("not-answering", "Teams did not take a reply.", { detail: outcome.kind });
}
