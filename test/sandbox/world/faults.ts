import type { Answer } from "../answer.ts";
import { jsonAnswer, pageAnswer } from "../answer.ts";

export type ApiName = "graph" | "defender" | "identity";

/** How an API fails: an HTTP status, or one of the ways in which an answer is no answer. */
type FaultKind =
  | { kind: "status"; status: number; retryAfterSeconds?: number; body?: unknown }
  | { kind: "html"; status?: number }
  | { kind: "truncated" }
  | { kind: "timeout" }
  | { kind: "reset" };

/** Where a fault strikes. `tenantId` "*" means every tenant; `times` is how often (until cleared when absent). */
export interface FaultPlan {
  api: ApiName;
  tenantId: string;
  fault: FaultKind;
  times?: number;
  method?: string;
  /** Matched against path and query. */
  path?: RegExp;
  /** The work is done first and only the answer is lost, so the caller cannot know. */
  afterWork?: boolean;
}

export interface FaultTarget {
  api: ApiName;
  tenantId: string;
  method: string;
  path: string;
}

/** The faults that are switched on, oldest first; the first that matches strikes. */
export class FaultSwitches {
  #plans: (FaultPlan & { left: number })[] = [];

  /** Switches a fault on and gives back what switches it off again. */
  add(plan: FaultPlan): () => void {
    const entry = { ...plan, left: plan.times ?? Number.POSITIVE_INFINITY };
    this.#plans.push(entry);
    return () => {
      this.#plans = this.#plans.filter((other) => other !== entry);
    };
  }

  clear(which: { api?: ApiName; tenantId?: string } = {}): void {
    this.#plans = this.#plans.filter(
      (plan) =>
        (which.api !== undefined && plan.api !== which.api) ||
        (which.tenantId !== undefined && plan.tenantId !== which.tenantId),
    );
  }

  active(which: { api: ApiName; tenantId: string }): boolean {
    return this.#plans.some((plan) => plan.api === which.api && matchesTenant(plan, which.tenantId));
  }

  /** Takes one strike of the first fault that matches, if any. */
  take(target: FaultTarget): FaultPlan | undefined {
    if (this.#plans.length === 0) return undefined;
    const found = this.#plans.find((plan) => plan.left > 0 && matches(plan, target));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#plans = this.#plans.filter((plan) => plan !== found);
    return found;
  }
}

function matchesTenant(plan: FaultPlan, tenantId: string): boolean {
  return plan.tenantId === "*" || plan.tenantId.toLowerCase() === tenantId.toLowerCase();
}

function matches(plan: FaultPlan, target: FaultTarget): boolean {
  if (plan.api !== target.api || !matchesTenant(plan, target.tenantId)) return false;
  if (plan.method !== undefined && plan.method !== target.method) return false;
  return plan.path === undefined || plan.path.test(target.path);
}

/**
 * Runs one request under the faults that are switched on. A truncated answer needs the work's answer to cut;
 * every other fault leaves the work undone unless it strikes after it.
 */
export async function underFaults(
  switches: FaultSwitches,
  target: FaultTarget,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const plan = switches.take(target);
  if (plan === undefined) return work();
  const done = plan.afterWork === true || plan.fault.kind === "truncated" ? await work() : undefined;
  return faultAnswer(plan.fault, done);
}

function faultAnswer(fault: FaultKind, done: Answer | undefined): Answer {
  switch (fault.kind) {
    case "status": {
      const headers: Record<string, string> = {};
      const wait = fault.retryAfterSeconds ?? (fault.status === 429 ? 10 : undefined);
      if (wait !== undefined) headers["retry-after"] = String(wait);
      return jsonAnswer(fault.status, fault.body ?? errorBody(fault.status), headers);
    }
    case "html":
      return pageAnswer(fault.status ?? 200, "<!DOCTYPE html><html><body><h1>We'll be right back</h1></body></html>");
    case "truncated":
      return done?.kind === "sent" ? { ...done, kind: "truncated" } : { kind: "reset" };
    case "timeout":
      return { kind: "silent" };
    case "reset":
      return { kind: "reset" };
  }
}

const codes: Record<number, [string, string]> = {
  401: ["InvalidAuthenticationToken", "Access token validation failure."],
  403: ["Forbidden", "The request is forbidden."],
  404: ["ResourceNotFound", "Resource not found."],
  429: ["TooManyRequests", "Too many requests."],
  500: ["InternalServerError", "An internal server error occurred."],
  503: ["ServiceUnavailable", "The service is temporarily unavailable."],
};

function errorBody(status: number): unknown {
  const [code, message] = codes[status] ?? ["UnknownError", `Status ${status}.`];
  return { error: { code, message } };
}
