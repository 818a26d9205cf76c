import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import { parseObject } from "../parse-object.ts";
import { alertNotFound } from "./get-alert.ts";
import type { GraphCall, GraphContext } from "./graph-context.ts";
import { graphError } from "./graph-error.ts";
import type { GatedRoute } from "./graph-gate.ts";

const types = ["microsoft.graph.security.alertComment", "#microsoft.graph.security.alertComment"];

/** POST /v1.0/security/alerts_v2/{id}/comments: one object, as documented; an array is what Graph's SDKs get refused for. */
export function postCommentRoute(context: GraphContext): GatedRoute {
  return {
    method: "POST",
    path: /^\/v1\.0\/security\/alerts_v2\/([^/]+)\/comments$/,
    roles: ["SecurityAlert.ReadWrite.All"],
    throttled: true,
    handle: (call) => postComment(context, call),
  };
}

function postComment(context: GraphContext, { request, tenant }: GraphCall): Answer {
  const { world } = context;
  const [id = ""] = request.parts;
  const record = world.findAlert(tenant.tenantId, id);
  if (record === undefined) return alertNotFound(context, id);
  const bad = (message: string) => graphError(world.clock.now(), 400, { code: "BadRequest", message });
  const body = parseObject(request);
  if (body.kind !== "object") return bad("Empty Payload. JSON content expected.");
  const { comment, "@odata.type": type, ...rest } = body.value;
  if (typeof type !== "string" || !types.includes(type)) return bad("'@odata.type' must name alertComment.");
  if (typeof comment !== "string" || comment.trim() === "") return bad("'comment' is required.");
  const [extra] = Object.keys(rest);
  if (extra !== undefined) return bad(`The property '${extra}' does not exist on type 'alertComment'.`);
  world.comment(record, comment, world.defenderApp.displayName);
  return jsonAnswer(200, {
    "@odata.context": `https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2('${id}')/comments`,
    value: record.body.comments,
  });
}
