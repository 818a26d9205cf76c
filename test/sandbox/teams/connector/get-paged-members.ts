import type { SandboxReply } from "../teams-types.ts";
import { type ConnectorCall, memberJson } from "./connector-call.ts";

/** `GET .../pagedmembers`: at least 50 a page as in Teams, whatever smaller size is asked for; 500 at most. */
export function getPagedMembers(call: ConnectorCall): SandboxReply {
  const size = Math.min(500, Math.max(50, Number(call.query.get("pageSize") ?? 200)));
  const start = Number((call.query.get("continuationToken") ?? "page-0").replace("page-", ""));
  if (!Number.isInteger(start) || !Number.isInteger(size)) {
    return {
      status: 400,
      body: { error: { code: "BadArgument", message: "Invalid continuation token or page size." } },
    };
  }
  const members = call.conversation.members;
  const next = start + size;
  const body = { members: members.slice(start, next).map(memberJson) };
  return { status: 200, body: next < members.length ? { ...body, continuationToken: `page-${next}` } : body };
}
