import type { Answer } from "../answer.ts";
import type { TokenVerdict } from "../identity/token-verifier.ts";
import type { Route, SandboxRequest } from "../json-server.ts";
import { underFaults } from "../world/faults.ts";
import { resources } from "../world/permissions.ts";
import type { GraphCall, GraphContext } from "./graph-context.ts";
import { graphError } from "./graph-error.ts";

export interface GatedRoute {
  method: Route["method"];
  path: string | RegExp;
  /** One of these suffices. */
  roles: string[];
  throttled: boolean;
  handle: (call: GraphCall) => Answer;
}

/** Puts Graph's order of checks before a route: token, record, fault, throttle, role. */
export function gatedRoute(context: GraphContext, route: GatedRoute): Route {
  return { method: route.method, path: route.path, handle: (request) => pass(context, route, request) };
}

async function pass(context: GraphContext, route: GatedRoute, request: SandboxRequest): Promise<Answer> {
  const { world } = context;
  const now = world.clock.now();
  const verdict = await context.verifier.verify(request.headers.authorization, resources.graph.audience);
  if (verdict.kind !== "valid") return unauthorized(now, verdict);
  const { tenantId, generation, roles, appId } = verdict.token;
  const tenant = world.findTenant(tenantId);
  if (tenant === undefined || generation < tenant.oldestGeneration) return unauthorized(now, { kind: "invalid" });

  const path = `${request.path}${request.url.search}`;
  const seen = { api: "graph", method: request.method, path, tenantId: tenant.tenantId } as const;
  world.requests.add({ ...seen, at: now.toISOString(), body: request.body });
  return underFaults(world.faults, seen, () => {
    const wait = route.throttled ? context.throttle.take(`${appId}/${tenant.tenantId}`) : undefined;
    if (wait !== undefined) {
      const error = { code: "TooManyRequests", message: "Too many requests. Please retry later." };
      return graphError(now, 429, error, { "retry-after": String(wait) });
    }
    if (!route.roles.some((role) => roles.includes(role))) return forbidden(now, request, route, roles);
    return route.handle({ request, tenant });
  });
}

function unauthorized(now: Date, verdict: Exclude<TokenVerdict, { kind: "valid" }>): Answer {
  const messages = {
    missing: "Access token is empty.",
    expired: "Lifetime validation failed, the token is expired.",
    "wrong-audience": "Access token validation failure. Invalid audience.",
    invalid: "Access token validation failure. Invalid signature.",
  };
  const error = { code: "InvalidAuthenticationToken", message: messages[verdict.kind] };
  return graphError(now, 401, error, { "www-authenticate": 'Bearer realm="", error="invalid_token"' });
}

function forbidden(now: Date, request: SandboxRequest, route: GatedRoute, roles: string[]): Answer {
  if (!request.path.startsWith("/v1.0/security/")) {
    const message = "Insufficient privileges to complete the operation.";
    return graphError(now, 403, { code: "Authorization_RequestDenied", message });
  }
  const message = `Missing application roles. API required roles: ${route.roles.join(",")}, application roles: ${roles.join(",")}.`;
  return graphError(now, 403, { code: "Forbidden", message });
}
