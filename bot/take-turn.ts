import type { Activity, TurnContext } from "botbuilder";
import type { Log } from "../services/ports/log.ts";
import type { GatedActivity } from "./activity-gate.ts";
import type { TeamsAdapter } from "./teams-adapter.ts";
import type { TurnAnswer } from "./turn-once.ts";

/** One turn through botbuilder's adapter, answered with a bare status where it fails: never with the library's text. */
export async function takeTurn(
  deps: { adapter: TeamsAdapter; log: Log },
  authorization: string,
  activity: GatedActivity,
  logic: (context: TurnContext) => Promise<void>,
): Promise<TurnAnswer> {
  try {
    const response = await deps.adapter.handle(authorization, asActivity(activity), logic);
    return { status: response?.status ?? 200, body: response?.body ?? null };
  } catch (cause) {
    const refused = cause instanceof Error && cause.name === "AuthenticationError";
    deps.log[refused ? "warn" : "error"]("A turn ended early.", { type: activity.type }, cause);
    return { status: refused ? 401 : 500, body: null };
  }
}

/** What botbuilder expects to be there; Teams sends it, somebody else may not. */
function asActivity(activity: GatedActivity): Activity {
  const recipient = { id: "", name: "" };
  return {
    recipient,
    entities: [],
    ...activity,
    conversation: { isGroup: false, name: "", conversationType: "personal", ...activity.conversation },
  } as unknown as Activity;
}
