import type { ConnectorOperation } from "../teams-faults.ts";
import type { SandboxReply } from "../teams-types.ts";
import type { ConnectorCall } from "./connector-call.ts";
import { deleteActivity } from "./delete-activity.ts";
import { getMember } from "./get-member.ts";
import { getPagedMembers } from "./get-paged-members.ts";
import { postActivity } from "./post-activity.ts";
import { updateActivity } from "./update-activity.ts";

export interface ConnectorRoute {
  operation: ConnectorOperation;
  /** As written in the path; undefined for `POST v3/conversations`, where the body says it. */
  conversationId?: string;
  run(call: ConnectorCall): SandboxReply;
}

/** Finds the endpoint for a path below the service URL, without its slash; undefined for what Teams' bots don't call. */
export function matchConnectorRoute(method: string, path: string): ConnectorRoute | undefined {
  if (!path.split("/").every(isDecodable)) return undefined;
  const [version, resource, conversationId, part, id, ...more] = path.split("/").map(decodeURIComponent);
  if (version !== "v3" || resource !== "conversations" || more.length > 0) return undefined;
  if (conversationId === undefined) {
    return method === "POST" ? { operation: "create", run: () => ({ status: 501 }) } : undefined;
  }
  switch (`${method} ${part}${id === undefined ? "" : "/{id}"}`) {
    case "POST activities":
    case "POST activities/{id}":
      return { operation: "post", conversationId, run: postActivity };
    case "PUT activities/{id}":
      return { operation: "update", conversationId, run: (call) => updateActivity(call, id ?? "") };
    case "DELETE activities/{id}":
      return { operation: "delete", conversationId, run: (call) => deleteActivity(call, id ?? "") };
    case "GET members/{id}":
      return { operation: "members", conversationId, run: (call) => getMember(call, id ?? "") };
    case "GET pagedmembers":
      return { operation: "members", conversationId, run: getPagedMembers };
    default:
      return undefined;
  }
}

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== "";
  } catch {
    return false;
  }
}
