import type { TeamsState } from "../teams-state.ts";
import type { Conversation, Person, SandboxReply } from "../teams-types.ts";

/** What an endpoint of the connector is given: the world and the parsed request. */
export interface ConnectorCall {
  state: TeamsState;
  accountTenantId: string;
  /** The conversation of the path, checked to exist and to be open. */
  conversation: Conversation;
  /** As written in the path: for a channel perhaps with `;messageid=`. */
  conversationId: string;
  body: unknown;
  query: URLSearchParams;
}

export function notFound(code: string, message: string): SandboxReply {
  return { status: 404, body: { error: { code, message } } };
}

/** A person in the shape of Teams' roster. */
export function memberJson(person: Person): Record<string, string> {
  const [givenName = person.name, ...rest] = person.name.split(" ");
  return {
    id: person.mri,
    aadObjectId: person.objectId,
    name: person.name,
    givenName,
    surname: rest.join(" "),
    email: person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    tenantId: person.tenantId,
    userRole: person.userRole,
  };
}
