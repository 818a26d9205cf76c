import type { HostOutcome, HostRequest } from "../loopback-host.ts";
import type { PlaygroundConnector } from "../playground-connector.ts";
import type { RateLimits } from "../rate-limits.ts";
import { type ConnectorOperation, errorReply, type TeamsFaults } from "../teams-faults.ts";
import type { TeamsState } from "../teams-state.ts";
import { type Conversation, isObject, type SandboxReply } from "../teams-types.ts";
import { notFound } from "./connector-call.ts";
import { type ConnectorRoute, matchConnectorRoute } from "./connector-routes.ts";
import { type CreateTarget, createConversation, createTarget } from "./create-conversation.ts";

/** One call of the bot and what it was told; `cut` and `silence` where no answer came. */
export interface ConnectorCallRecord {
  at: string;
  operation: ConnectorOperation;
  conversationId: string;
  outcome: number | "cut" | "silence";
}

export interface ConnectorDeps {
  clock: { now(): Date };
  verifyBotToken(authorization: string | undefined): Promise<boolean>;
  accountTenantId: string;
  state: TeamsState;
  faults: TeamsFaults;
  limits: RateLimits;
  calls: ConnectorCallRecord[];
  /** Where calls go on to in the demo, instead of this sandbox's own state. */
  playground?: PlaygroundConnector;
  /** Whether a conversation is answered here all the same. */
  isKeptHere(conversation: Conversation): boolean;
}

/** Answers one request below the service URL as Teams would; undefined where there is no such endpoint. */
export async function answerConnector(
  deps: ConnectorDeps,
  request: HostRequest,
  path: string,
): Promise<HostOutcome | undefined> {
  const route = matchConnectorRoute(request.method, path);
  if (route === undefined) return undefined;
  if (!(await deps.verifyBotToken(request.headers.authorization))) {
    return { status: 401, body: { message: "Authorization has been denied for this request." } };
  }
  const parsed = parseBody(request);
  if (parsed.kind === "refused") return parsed.reply;
  const target = targetOf(deps, route, parsed.body);
  const outcome = await answerTarget(deps, { request, route, path, body: parsed.body, target });
  deps.calls.push({
    at: deps.clock.now().toISOString(),
    operation: route.operation,
    conversationId: target.id,
    outcome: typeof outcome === "string" ? outcome : outcome.status,
  });
  return outcome;
}

interface Target {
  id: string;
  conversation?: Conversation;
  create?: CreateTarget;
}

function targetOf(deps: ConnectorDeps, route: ConnectorRoute, body: unknown): Target {
  if (route.conversationId !== undefined) {
    const conversation = deps.state.findConversation(route.conversationId);
    const id = route.conversationId.split(";messageid=")[0] ?? route.conversationId;
    return conversation === undefined ? { id } : { id, conversation };
  }
  if (deps.playground !== undefined) return { id: deps.playground.createdIn(body) };
  const create = createTarget(deps.state, body, deps.accountTenantId);
  if (create.kind === "refused") return { id: "unknown", create };
  return { id: create.conversation.id, conversation: create.conversation, create };
}

async function answerTarget(
  deps: ConnectorDeps,
  call: { request: HostRequest; route: ConnectorRoute; path: string; body: unknown; target: Target },
): Promise<HostOutcome> {
  const { route, target, body } = call;
  const decision = deps.limits.take(target.id, route.operation === "members" ? "members" : "send");
  if (decision.kind === "refused") return errorReply(429, decision.retryAfterSeconds);
  const fault = deps.faults.take(target.id, route.operation);
  if (fault?.kind === "status") return errorReply(fault.status, fault.retryAfterSeconds);
  if (fault?.kind === "reset") return "cut";
  if (fault?.kind === "hang") return "silence";
  const reply =
    deps.playground === undefined || (target.conversation !== undefined && deps.isKeptHere(target.conversation))
      ? answerHere(deps, call)
      : await deps.playground.pass(route.operation, call.request.method, call.path, body);
  return fault?.kind === "ambiguous" ? "cut" : reply;
}

function answerHere(
  deps: ConnectorDeps,
  call: { request: HostRequest; route: ConnectorRoute; body: unknown; target: Target },
): SandboxReply {
  const { conversation, create } = call.target;
  if (create?.kind === "refused") return create.reply;
  if (conversation === undefined || conversation.state === "gone") {
    return notFound("ConversationNotFound", "Conversation not found.");
  }
  if (conversation.state === "blocked" && call.route.operation !== "members") return errorReply(403);
  if (create !== undefined) return createConversation(deps.state, create, call.body);
  return call.route.run({
    state: deps.state,
    accountTenantId: deps.accountTenantId,
    conversation,
    conversationId: call.route.conversationId ?? conversation.id,
    body: call.body,
    query: call.request.query,
  });
}

function parseBody(request: HostRequest): { kind: "body"; body: unknown } | { kind: "refused"; reply: SandboxReply } {
  if (request.method === "GET" || request.method === "DELETE") return { kind: "body", body: undefined };
  const contentType = request.headers["content-type"] ?? "";
  try {
    const body: unknown = JSON.parse(request.body);
    if (contentType.startsWith("application/json") && isObject(body)) return { kind: "body", body };
  } catch {
    // Told below: the same answer for what is not JSON and for what is not called JSON.
  }
  const error = { code: "BadSyntax", message: "The body is not a JSON object with content-type application/json." };
  return { kind: "refused", reply: { status: 400, body: { error } } };
}
