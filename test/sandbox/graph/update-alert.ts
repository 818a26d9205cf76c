import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import { parseObject } from "../parse-object.ts";
import type { AlertBody } from "../world/alert-record.ts";
import { alertNotFound, alertPath } from "./get-alert.ts";
import type { GraphCall, GraphContext } from "./graph-context.ts";
import { graphError } from "./graph-error.ts";
import type { GatedRoute } from "./graph-gate.ts";
import { presentAlert } from "./present-alert.ts";

// microsoft.graph.security, metadata of 2026-08.
const members: Record<string, readonly string[]> = {
  status: ["new", "inProgress", "resolved"],
  classification: ["unknown", "falsePositive", "truePositive", "informationalExpectedActivity"],
  determination: [
    "unknown",
    "apt",
    "malware",
    "securityPersonnel",
    "securityTesting",
    "unwantedSoftware",
    "other",
    "multiStagedAttack",
    "compromisedAccount",
    "phishing",
    "maliciousUserActivity",
    "notMalicious",
    "notEnoughDataToValidate",
    "confirmedActivity",
    "lineOfBusinessApplication",
  ],
};

/** PATCH /v1.0/security/alerts_v2/{id}: status, classification, determination, assignedTo, and nothing else. */
export function updateAlertRoute(context: GraphContext): GatedRoute {
  return {
    method: "PATCH",
    path: alertPath,
    roles: ["SecurityAlert.ReadWrite.All"],
    throttled: true,
    handle: (call) => updateAlert(context, call),
  };
}

function updateAlert(context: GraphContext, { request, tenant }: GraphCall): Answer {
  const { world } = context;
  const [id = ""] = request.parts;
  const record = world.findAlert(tenant.tenantId, id);
  if (record === undefined) return alertNotFound(context, id);
  const bad = (message: string) => graphError(world.clock.now(), 400, { code: "BadRequest", message });
  const body = parseObject(request);
  if (body.kind !== "object") return bad("Empty Payload. JSON content expected.");
  const entries = Object.entries(body.value).filter(([name]) => name !== "@odata.type");
  if (entries.length === 0) return bad("The request has no property to update.");
  const fields: Partial<AlertBody> = {};
  for (const [name, value] of entries) {
    if (name === "assignedTo") {
      if (typeof value !== "string" && value !== null) return bad("Cannot convert 'assignedTo' to a text.");
      fields.assignedTo = value === "" ? null : value;
    } else if (name === "status" || name === "classification" || name === "determination") {
      if (typeof value !== "string" || members[name]?.includes(value) !== true) {
        return bad(`Requested value '${String(value)}' was not found in the members of '${name}'.`);
      }
      fields[name] = value;
    } else {
      return bad(`The property '${name}' cannot be updated.`);
    }
  }
  world.changeAlert(record, fields);
  return jsonAnswer(200, presentAlert(record.body, request));
}
