import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import type { GraphContext } from "./graph-context.ts";
import { graphError } from "./graph-error.ts";
import type { GatedRoute } from "./graph-gate.ts";
import { presentAlert } from "./present-alert.ts";

/** The path of one alert, its id the only group. */
export const alertPath = /^\/v1\.0\/security\/alerts_v2\/([^/]+)$/;

/** GET /v1.0/security/alerts_v2/{id}. */
export function getAlertRoute(context: GraphContext): GatedRoute {
  return {
    method: "GET",
    path: alertPath,
    roles: ["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"],
    throttled: true,
    handle: ({ request, tenant }) => {
      const [id = ""] = request.parts;
      const record = context.world.findAlert(tenant.tenantId, id);
      return record === undefined ? alertNotFound(context, id) : jsonAnswer(200, presentAlert(record.body, request));
    },
  };
}

export function alertNotFound(context: GraphContext, id: string): Answer {
  const error = { code: "NotFound", message: `Alert with id '${id}' was not found.` };
  return graphError(context.world.clock.now(), 404, error);
}
