import type { ConnectorOperation } from "./teams-faults.ts";
import { isObject, type JsonObject, type SandboxReply } from "./teams-types.ts";

export interface PlaygroundConnector {
  /** What the rate limits count a creation under. */
  createdIn(body: unknown): string;
  /** Hands a verified call on to the Playground's connector and gives back its answer in Teams' shape. */
  pass(operation: ConnectorOperation, method: string, path: string, body: unknown): Promise<SandboxReply>;
}

/** The Agents Playground as the Teams behind the sandbox's connector; `playgroundUrl` is its own address. */
export function createPlaygroundConnector(playgroundUrl: string): PlaygroundConnector {
  const base = `${playgroundUrl.replace(/\/$/, "")}/_connector/`;

  async function ask(method: string, path: string, body: unknown): Promise<SandboxReply> {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const contentType = response.headers.get("content-type") ?? "";
    if (text === "") return { status: response.status, body: {} };
    return { status: response.status, body: contentType.includes("json") ? JSON.parse(text) : { message: text } };
  }

  /** The Playground finds a member by its own id only, so others are looked for in the whole list. */
  async function member(path: string): Promise<SandboxReply> {
    const [, , conversationId = "", , key = ""] = path.split("/");
    const wanted = decodeURIComponent(key).toLowerCase();
    const list = await ask("GET", `v3/conversations/${conversationId}/pagedmembers`, undefined);
    const members = isObject(list.body) && Array.isArray(list.body.members) ? list.body.members.filter(isObject) : [];
    if (list.status !== 200) return list;
    const found = members.find((candidate) =>
      [candidate.id, candidate.aadObjectId, candidate.userPrincipalName].some(
        (id) => String(id).toLowerCase() === wanted,
      ),
    );
    if (found !== undefined) return { status: 200, body: found };
    const error = { code: "MemberNotFoundInConversation", message: "Member not found in conversation." };
    return { status: 404, body: { error } };
  }

  return {
    createdIn: (body) => {
      if (!isObject(body)) return "unknown";
      const channel = isObject(body.channelData) && isObject(body.channelData.channel) ? body.channelData.channel : {};
      const [first]: unknown[] = Array.isArray(body.members) ? body.members : [];
      return String(channel.id ?? (isObject(first) ? first.id : "unknown"));
    },
    pass: async (operation, method, path, body) => {
      if (operation === "delete") return retract(ask, path);
      if (operation === "members" && /\/members\//.test(path)) return member(path);
      return ask(method, path, body);
    },
  };
}

/** The Playground cannot delete (501), so the message is edited to say that it is gone. */
async function retract(
  ask: (method: string, path: string, body: JsonObject) => Promise<SandboxReply>,
  path: string,
): Promise<SandboxReply> {
  const reply = await ask("PUT", path, { type: "message", text: "This message has been deleted." });
  return reply.status < 300 ? { status: 200, body: {} } : reply;
}
