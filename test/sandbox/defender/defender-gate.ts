import { randomUUID } from "node:crypto";
import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import type { Throttle } from "../graph/throttle.ts";
import type { TokenVerifier } from "../identity/token-verifier.ts";
import type { Route, SandboxRequest } from "../json-server.ts";
import type { CustomerTenant } from "../world/customer-tenant.ts";
import { underFaults } from "../world/faults.ts";
import { resources } from "../world/permissions.ts";
import type { World } from "../world.ts";

export interface DefenderContext {
  world: World;
  verifier: TokenVerifier;
  throttle: Throttle;
}

export interface DefenderRoute {
  method: Route["method"];
  path: string | RegExp;
  /** One of these suffices. */
  roles: string[];
  handle: (call: { request: SandboxRequest; tenant: CustomerTenant }) => Answer;
}

/** Defender for Endpoint's error body. */
export function defenderError(status: number, code: string, message: string, headers?: Record<string, string>): Answer {
  return jsonAnswer(status, { error: { code, message, target: randomUUID() } }, headers);
}

/** Puts the API's checks before a route: token, record, fault, limit (100 a minute and tenant), role. */
export function defenderRoute(context: DefenderContext, route: DefenderRoute): Route {
  return { method: route.method, path: route.path, handle: (request) => pass(context, route, request) };
}

async function pass(context: DefenderContext, route: DefenderRoute, request: SandboxRequest): Promise<Answer> {
  const { world } = context;
  const verdict = await context.verifier.verify(request.headers.authorization, resources.defender.audience);
  if (verdict.kind !== "valid") return unauthorized(verdict.kind);
  const { tenantId, generation, roles } = verdict.token;
  const tenant = world.findTenant(tenantId);
  if (tenant === undefined || generation < tenant.oldestGeneration) return unauthorized("invalid");

  const path = `${request.path}${request.url.search}`;
  const seen = { api: "defender", method: request.method, path, tenantId: tenant.tenantId } as const;
  world.requests.add({ ...seen, at: world.clock.now().toISOString(), body: request.body });
  return underFaults(world.faults, seen, () => {
    const wait = context.throttle.take(tenant.tenantId);
    if (wait !== undefined) {
      return defenderError(429, "TooManyRequests", "Too many requests.", { "retry-after": String(wait) });
    }
    if (!route.roles.some((role) => roles.includes(role))) {
      const required = route.roles.join(",");
      const message = `Missing application roles. API required roles: ${required}, application roles: ${roles.join(",")}.`;
      return defenderError(403, "Forbidden", message);
    }
    return route.handle({ request, tenant });
  });
}

function unauthorized(reason: string): Answer {
  return defenderError(401, "Unauthorized", `Authentication failed: ${reason}.`);
}
