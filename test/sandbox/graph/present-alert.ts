import type { SandboxRequest } from "../json-server.ts";
import type { AlertBody } from "../world/alert-record.ts";

// Members that v1.0 shows to everybody; the rest come only to those who ask for unknown members.
const known = {
  status: ["unknown", "new", "inProgress", "resolved"],
  severity: ["unknown", "informational", "low", "medium", "high"],
  serviceSource: [
    "unknown",
    "microsoftDefenderForEndpoint",
    "microsoftDefenderForIdentity",
    "microsoftDefenderForCloudApps",
    "microsoftDefenderForOffice365",
    "microsoft365Defender",
    "azureAdIdentityProtection",
    "microsoftAppGovernance",
    "dataLossPrevention",
  ],
} as const;

/** The alert as this caller sees it: without `Prefer: include-unknown-enum-members` newer members are masked. */
export function presentAlert(body: AlertBody, request: SandboxRequest): AlertBody {
  const prefer = request.headers.prefer;
  if (typeof prefer === "string" && prefer.includes("include-unknown-enum-members")) return body;
  const masked = { ...body };
  for (const field of ["status", "severity", "serviceSource"] as const) {
    const members: readonly string[] = known[field];
    if (!members.includes(body[field])) masked[field] = "unknownFutureValue";
  }
  return masked;
}
