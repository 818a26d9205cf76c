import type { SandboxReply } from "./teams-types.ts";

/**
 * A way in which Teams may fail: an error answer; `reset`: the connection is cut and nothing happened; `ambiguous`: the
 * call took effect and the connection is cut; `hang`: nothing happens and no answer comes until the sandbox stops.
 */
export type TeamsFault =
  | { kind: "status"; status: 403 | 404 | 408 | 412 | 429 | 500 | 502 | 503; retryAfterSeconds?: number }
  | { kind: "reset" }
  | { kind: "ambiguous" }
  | { kind: "hang" };

export type ConnectorOperation = "create" | "post" | "update" | "delete" | "members";

export interface FaultPlan {
  /** The conversation's id, or `any`. */
  conversationId: string;
  fault: TeamsFault;
  times: number;
  on?: ConnectorOperation;
}

export interface TeamsFaults {
  add(plan: FaultPlan): void;
  clear(): void;
  /** The next planned fault for this call, used up by being asked for. */
  take(conversationId: string, operation: ConnectorOperation): TeamsFault | undefined;
}

/** Keeps the planned faults; the oldest that fits comes first. */
export function createTeamsFaults(): TeamsFaults {
  let plans: FaultPlan[] = [];
  return {
    add: (plan) => {
      plans.push({ ...plan });
    },
    clear: () => {
      plans = [];
    },
    take: (conversationId, operation) => {
      const plan = plans.find(
        (candidate) =>
          (candidate.conversationId === "any" || candidate.conversationId === conversationId) &&
          (candidate.on === undefined || candidate.on === operation),
      );
      if (plan === undefined) return undefined;
      plan.times -= 1;
      plans = plans.filter((candidate) => candidate.times > 0);
      return plan.fault;
    },
  };
}

const CODES: Record<number, string> = {
  404: "ConversationNotFound",
  408: "RequestTimeout",
  412: "PreconditionFailed",
  500: "InternalServerError",
  502: "BadGateway",
  503: "ServiceUnavailable",
};

/** The body Teams sends with an error status. */
export function errorReply(status: number, retryAfterSeconds = 1): SandboxReply {
  if (status === 403) return messageWritesBlocked();
  if (status === 429) {
    return {
      status,
      headers: { "retry-after": String(retryAfterSeconds) },
      body: { error: { code: "TooManyRequests", message: "API calls quota exceeded." } },
    };
  }
  const code = CODES[status] ?? "Error";
  return { status, body: { error: { code, message: `${code}.` } } };
}

/** The bot was removed or blocked. */
function messageWritesBlocked(): SandboxReply {
  const detail = { subCode: "MessageWritesBlocked", details: "The bot is not allowed to write here.", errorCode: null };
  return { status: 403, body: { errorCode: 209, message: JSON.stringify(detail) } };
}
