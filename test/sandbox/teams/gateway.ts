import { type HostOutcome, type HostRequest, type LoopbackHost, startLoopbackHost } from "./loopback-host.ts";
import type { TeamsSandbox } from "./teams.ts";
import { type Activity, isObject, type JsonObject, type Person } from "./teams-types.ts";

export interface GatewayOptions {
  teams: Pick<TeamsSandbox, "serviceUrl" | "signActivity">;
  /** The bot's messaging endpoint. */
  botUrl: string;
  accountTenantId: string;
  botAppId: string;
  /** Whose `29:` ids the Playground uses; they tell the object ids that it leaves out. */
  people: Person[];
  port?: number;
}

/**
 * Stands between the Agents Playground, which sends no tokens, and the bot, which always wants one: completes each
 * activity to what Teams would send, signs it, points its replies at the sandbox's connector, and gives back the answer.
 */
export async function startGateway(options: GatewayOptions): Promise<LoopbackHost> {
  const host = await startLoopbackHost((request) => passOn(options, request), options.port);
  return { url: `${host.url}/api/messages`, stop: host.stop };
}

async function passOn(options: GatewayOptions, request: HostRequest): Promise<HostOutcome> {
  if (request.method !== "POST" || request.path !== "/api/messages") return { status: 501 };
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) return { status: 415 };
  const parsed: unknown = JSON.parse(request.body);
  if (!isObject(parsed) || typeof parsed.type !== "string") return { status: 400 };
  const activity = completeActivity({ ...parsed, type: parsed.type }, options);
  const signed = await options.teams.signActivity(activity);
  const response = await fetch(options.botUrl, { method: "POST", headers: signed.headers, body: signed.body });
  const text = await response.text();
  if (text === "") return { status: response.status };
  const json = (response.headers.get("content-type") ?? "").includes("json");
  return { status: response.status, body: json ? JSON.parse(text) : text };
}

/** Fills in what the Playground leaves out or names otherwise than Teams. */
export function completeActivity(
  activity: Activity,
  options: Pick<GatewayOptions, "teams" | "accountTenantId" | "botAppId" | "people">,
): Activity {
  const tenantId = options.accountTenantId;
  const from = objectOf(activity.from);
  const person = options.people.find((one) => one.mri === from.id);
  const named = person === undefined ? {} : { name: person.name, aadObjectId: person.objectId };
  const channelData = objectOf(activity.channelData);
  const conversation = objectOf(activity.conversation);
  const invoke =
    activity.name === "adaptiveCard/action" ? { value: { trigger: "manual", ...objectOf(activity.value) } } : {};
  return {
    ...activity,
    ...invoke,
    channelId: "msteams",
    serviceUrl: options.teams.serviceUrl,
    from: { ...named, ...from },
    recipient: { name: "Watchdesk", ...objectOf(activity.recipient), id: `28:${options.botAppId}` },
    conversation: { conversationType: "personal", ...conversation, tenantId },
    channelData: { ...channelData, tenant: { id: tenantId } },
  };
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
