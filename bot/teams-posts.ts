import { z } from "zod";
import type { ConnectorCall, ConnectorOutcome, Place } from "./teams-connector.ts";

/** A message as the Bot Connector takes it. */
export type OutgoingActivity = Readonly<Record<string, unknown>> & { readonly type: string };

const resource = z.object({ id: z.string().optional(), activityId: z.string().optional() });

export type PostOutcome =
  | Exclude<ConnectorOutcome, { kind: "done" }>
  | { readonly kind: "posted"; readonly id: string };

/** Posts into a chat or, with `thread`, as a new thread of a channel; gives the new message's id. */
export async function postActivity(
  call: ConnectorCall,
  input: { place: Place; activity: OutgoingActivity; newThread: boolean; botId: string },
): Promise<PostOutcome> {
  const { place, activity } = input;
  const outcome = input.newThread
    ? await call({
        place,
        method: "POST",
        path: "conversations",
        body: {
          isGroup: true,
          bot: { id: input.botId },
          tenantId: place.accountId,
          channelData: { channel: { id: place.conversationId }, tenant: { id: place.accountId } },
          activity,
        },
      })
    : await call({
        place,
        method: "POST",
        path: `conversations/${encodeURIComponent(place.conversationId)}/activities`,
        body: activity,
      });
  if (outcome.kind !== "done") return outcome;
  const created = resource.safeParse(outcome.body).data;
  const id = created?.activityId ?? created?.id;
  return id === undefined ? { kind: "ambiguous", why: "an answer without an id" } : { kind: "posted", id };
}

/** Replaces a message of the bot's own. */
export async function editActivity(
  call: ConnectorCall,
  input: { place: Place; activityId: string; activity: OutgoingActivity },
): Promise<ConnectorOutcome> {
  const conversation = encodeURIComponent(input.place.conversationId);
  return await call({
    place: input.place,
    method: "PUT",
    path: `conversations/${conversation}/activities/${encodeURIComponent(input.activityId)}`,
    body: { ...input.activity, id: input.activityId },
  });
}
