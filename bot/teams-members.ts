import { z } from "zod";
import type { ConnectorCall, Place } from "./teams-connector.ts";

/** A member of a conversation, as the Bot Connector gives it. */
export interface Member {
  readonly objectId: string;
  readonly name: string;
  readonly signInName: string | null;
  readonly guest: boolean;
  readonly tenantId: string | null;
}

const memberSchema = z
  .object({
    aadObjectId: z.string().nullish(),
    objectId: z.string().nullish(),
    name: z.string().nullish(),
    userPrincipalName: z.string().nullish(),
    userRole: z.string().nullish(),
    tenantId: z.string().nullish(),
  })
  .transform((member): Member | null => {
    const objectId = member.aadObjectId ?? member.objectId ?? null;
    if (objectId === null) return null;
    return {
      objectId,
      name: member.name ?? "",
      signInName: member.userPrincipalName ?? null,
      guest: member.userRole === "guest" || member.userRole === "anonymous",
      tenantId: member.tenantId ?? null,
    };
  });

/** Teams lists somebody without an object id, as it does people who joined a meeting by a link: an outsider. */
const NOBODY_KNOWN: Member = { objectId: "", name: "", signInName: null, guest: true, tenantId: null };

const pageSchema = z.object({ members: z.array(memberSchema), continuationToken: z.string().nullish() });
/** 500 members a page: more pages than this are a crowd, whose roster is not read to its end. */
const PAGES = 20;

/** One member, by Teams id, Entra object id or sign-in name; null when the roster does not know it or does not answer. */
export async function findMember(call: ConnectorCall, input: { place: Place; id: string }): Promise<Member | null> {
  const path = `${membersOf(input.place)}/${encodeURIComponent(input.id)}`;
  const outcome = await call({ place: input.place, method: "GET", path });
  return outcome.kind === "done" ? (memberSchema.safeParse(outcome.body).data ?? null) : null;
}

/** Every member; null when Teams does not give the whole roster. */
export async function listMembers(call: ConnectorCall, input: { place: Place }): Promise<readonly Member[] | null> {
  const conversation = encodeURIComponent(input.place.conversationId);
  const members: Member[] = [];
  let token = "";
  for (let page = 0; page < PAGES; page += 1) {
    const query = token === "" ? "" : `&continuationToken=${encodeURIComponent(token)}`;
    const path = `conversations/${conversation}/pagedmembers?pageSize=500${query}`;
    const outcome = await call({ place: input.place, method: "GET", path });
    const found = outcome.kind === "done" ? pageSchema.safeParse(outcome.body).data : undefined;
    if (found === undefined) return null;
    members.push(...found.members.map((member) => member ?? NOBODY_KNOWN));
    if (!found.continuationToken) return members;
    token = found.continuationToken;
  }
  return null;
}

function membersOf(place: Place): string {
  return `conversations/${encodeURIComponent(place.conversationId)}/members`;
}
