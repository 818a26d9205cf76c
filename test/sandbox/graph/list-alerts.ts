import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import { parseAlertFilter } from "./alert-filter.ts";
import type { GraphCall, GraphContext } from "./graph-context.ts";
import { graphError } from "./graph-error.ts";
import type { GatedRoute } from "./graph-gate.ts";
import { presentAlert } from "./present-alert.ts";

const mostPerPage = 2000;

/** GET /v1.0/security/alerts_v2: filtered, newest first, in pages that @odata.nextLink joins. */
export function listAlertsRoute(context: GraphContext): GatedRoute {
  return {
    method: "GET",
    path: "/v1.0/security/alerts_v2",
    roles: ["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"],
    throttled: true,
    handle: (call) => listAlerts(context, call),
  };
}

function listAlerts(context: GraphContext, { request, tenant }: GraphCall): Answer {
  const now = context.world.clock.now();
  const query = request.url.searchParams;
  const bad = (message: string) => graphError(now, 400, { code: "BadRequest", message });
  for (const name of query.keys()) {
    if (!["$filter", "$top", "$skip", "$count"].includes(name)) return bad(`Query option '${name}' is not supported.`);
    if (query.getAll(name).length > 1) return bad(`Query option '${name}' was given more than once.`);
  }
  const top = readNumber(query.get("$top"), context.pageSize);
  const skip = readNumber(query.get("$skip"), 0);
  if (top === undefined || top < 1 || top > mostPerPage) return bad("Invalid value for $top.");
  if (skip === undefined) return bad("Invalid value for $skip.");
  const filter = parseAlertFilter(query.get("$filter"));
  if (filter.kind === "invalid") return bad(filter.message);

  const found = context.world.visibleAlerts(tenant.tenantId).filter(filter.matches);
  const page = found.slice(skip, skip + top);
  const answer: Record<string, unknown> = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2",
  };
  if (query.get("$count") === "true") answer["@odata.count"] = found.length;
  if (skip + top < found.length) {
    const next = new URL(`${context.origin()}${request.path}`);
    for (const [name, value] of query) next.searchParams.set(name, value);
    next.searchParams.set("$skip", String(skip + top));
    answer["@odata.nextLink"] = next.href;
  }
  answer.value = page.map((record) => presentAlert(record.body, request));
  return jsonAnswer(200, answer);
}

function readNumber(text: string | null, fallback: number): number | undefined {
  if (text === null) return fallback;
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}
