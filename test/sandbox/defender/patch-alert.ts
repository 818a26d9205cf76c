import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import { parseObject } from "../parse-object.ts";
import type { AlertBody } from "../world/alert-record.ts";
import type { CustomerTenant } from "../world/customer-tenant.ts";
import type { DefenderContext, DefenderRoute } from "./defender-gate.ts";
import { defenderError } from "./defender-gate.ts";

// MDE's spelling on the left, Graph's on the right: both APIs show the same alert.
const members = {
  status: { New: "new", InProgress: "inProgress", Resolved: "resolved" },
  classification: {
    TruePositive: "truePositive",
    FalsePositive: "falsePositive",
    InformationalExpectedActivity: "informationalExpectedActivity",
  },
  determination: {
    MultiStagedAttack: "multiStagedAttack",
    MaliciousUserActivity: "maliciousUserActivity",
    CompromisedUser: "compromisedAccount",
    Malware: "malware",
    Phishing: "phishing",
    UnwantedSoftware: "unwantedSoftware",
    SecurityTesting: "securityTesting",
    LineOfBusinessApplication: "lineOfBusinessApplication",
    ConfirmedActivity: "confirmedActivity",
    ConfirmedUserActivity: "confirmedActivity",
    NotMalicious: "notMalicious",
    Clean: "notMalicious",
    InsufficientData: "notEnoughDataToValidate",
    Other: "other",
  },
} as const;

type EnumField = keyof typeof members;

/** PATCH /api/alerts/{id}: any of status, assignedTo, classification, determination, comment, in one atomic call. */
export function patchAlertRoute(context: DefenderContext): DefenderRoute {
  return {
    method: "PATCH",
    path: /^\/api\/alerts\/([^/]+)$/,
    roles: ["Alert.ReadWrite.All"],
    handle: ({ request, tenant }) => {
      const [id = ""] = request.parts;
      const record = context.world.findAlert(tenant.tenantId, id);
      if (record === undefined || record.body.serviceSource !== "microsoftDefenderForEndpoint") {
        return defenderError(404, "ResourceNotFound", `Alert ${id} was not found`);
      }
      const body = parseObject(request);
      if (body.kind !== "object") return invalid();
      const { comment, ...others } = body.value;
      if (comment !== undefined && (typeof comment !== "string" || comment === "")) return invalid();
      const fields = readFields(others);
      if (fields === undefined || (comment === undefined && Object.keys(fields).length === 0)) return invalid();
      context.world.changeAlert(record, fields);
      if (comment !== undefined) context.world.comment(record, comment, context.world.defenderApp.displayName);
      return jsonAnswer(200, defenderShape(record.body, tenant));
    },
  };
}

function readFields(value: Record<string, unknown>): Partial<AlertBody> | undefined {
  const fields: Partial<AlertBody> = {};
  for (const [name, given] of Object.entries(value)) {
    if (typeof given !== "string") return undefined;
    if (name === "assignedTo") {
      fields.assignedTo = given;
      continue;
    }
    if (name !== "status" && name !== "classification" && name !== "determination") return undefined;
    const graphMember = Object.entries(members[name]).find(([member]) => member === given)?.[1];
    if (graphMember === undefined) return undefined;
    fields[name] = graphMember;
  }
  return fields;
}

function invalid(): Answer {
  return defenderError(400, "InvalidRequestBody", "Request body is incorrect");
}

function defenderShape(body: AlertBody, tenant: CustomerTenant): Record<string, unknown> {
  const spelled = (field: EnumField) =>
    Object.entries(members[field]).find(([, graphMember]) => graphMember === body[field])?.[0] ?? null;
  const severity = `${body.severity.charAt(0).toUpperCase()}${body.severity.slice(1)}`;
  return {
    "@odata.context": "https://api.securitycenter.microsoft.com/api/$metadata#Alerts/$entity",
    id: body.id,
    incidentId: body.incidentId === null ? null : Number(body.incidentId),
    assignedTo: body.assignedTo,
    severity,
    status: spelled("status"),
    classification: spelled("classification"),
    determination: spelled("determination"),
    detectionSource: "WindowsDefenderAtp",
    category: body.category,
    title: body.title,
    description: body.description,
    alertCreationTime: body.createdDateTime,
    lastUpdateTime: body.lastUpdateDateTime,
    resolvedTime: body.resolvedDateTime,
    aadTenantId: tenant.tenantId,
    comments: body.comments.map((comment) => ({
      comment: comment.comment,
      createdBy: comment.createdByDisplayName,
      createdTime: comment.createdDateTime,
    })),
  };
}
