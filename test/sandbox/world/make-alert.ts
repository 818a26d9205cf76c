import type { AlertBody } from "./alert-record.ts";
import { graphInstant } from "./alert-record.ts";
import type { AlertTemplate } from "./alert-templates.ts";
import { realisticTemplates } from "./alert-templates.ts";
import type { CustomerTenant } from "./customer-tenant.ts";
import type { EvidenceContext } from "./evidence.ts";
import { deviceEvidence, userEvidence } from "./evidence.ts";
import { oddTemplates } from "./odd-templates.ts";

const templates = { ...realisticTemplates, ...oddTemplates } satisfies Record<string, AlertTemplate>;

export type TemplateName = keyof typeof templates;
export type RealisticTemplateName = keyof typeof realisticTemplates;

/** The names of the realistic templates, in the order in which storms use them. */
export const realisticTemplateNames = Object.keys(realisticTemplates) as RealisticTemplateName[];

export interface AlertSeed {
  template: TemplateName;
  /** Counts alerts over the whole world; gives the id, the incident and which device it is about. */
  order: number;
  createdAt: Date;
  lastUpdateAt: Date;
  severity?: string;
  title?: string;
  status?: string;
  serviceSource?: string;
}

/** An alert of that template in Graph's shape, deterministic in its seed. */
export function makeAlert(tenant: CustomerTenant, seed: AlertSeed): AlertBody {
  const template: AlertTemplate = templates[seed.template];
  const created = graphInstant(seed.createdAt);
  // Ids look as in Microsoft's samples: ticks of the creation, then a number.
  const id = `da${637_000_000_000_000 + (seed.createdAt.getTime() % 1_000_000_000_000)}${seed.order % 10}_${1_000_000_000 + seed.order}`;
  const incidentId = String(28_000 + seed.order);
  const alert: AlertBody = {
    "@odata.type": "#microsoft.graph.security.alert",
    id,
    providerAlertId: id,
    incidentId,
    status: seed.status ?? "new",
    severity: seed.severity ?? template.severity,
    classification: null,
    determination: null,
    serviceSource: seed.serviceSource ?? template.serviceSource ?? "microsoftDefenderForEndpoint",
    detectionSource: template.detectionSource,
    productName: "Microsoft Defender for Endpoint",
    detectorId: "e0da400f-affd-43ef-b1d5-afc2eb6f2756",
    tenantId: tenant.tenantId,
    title: seed.title ?? template.title,
    description: template.description,
    recommendedActions: "Look at the device's timeline around the time of the alert. Ask the user what was done.",
    category: template.category,
    categories: [template.category],
    assignedTo: null,
    alertWebUrl: `https://security.microsoft.com/alerts/${id}?tid=${tenant.tenantId}`,
    incidentWebUrl: `https://security.microsoft.com/incidents/${incidentId}?tid=${tenant.tenantId}`,
    actorDisplayName: null,
    threatDisplayName: template.threatDisplayName ?? null,
    threatFamilyName: template.threatFamilyName ?? null,
    investigationState: "unsupportedAlertType",
    mitreTechniques: template.mitreTechniques,
    createdDateTime: created,
    lastUpdateDateTime: graphInstant(seed.lastUpdateAt),
    resolvedDateTime: seed.status === "resolved" ? graphInstant(seed.lastUpdateAt) : null,
    firstActivityDateTime: graphInstant(new Date(seed.createdAt.getTime() - 95_000)),
    lastActivityDateTime: graphInstant(new Date(seed.createdAt.getTime() - 20_000)),
    comments: [],
    evidence: [],
    systemTags: [],
    alertPolicyId: null,
    additionalData: null,
    customDetails: null,
  };
  const context = contextOf(tenant, seed.order, created);
  if (seed.template === "unknownShape" || context === undefined) return emptied(alert, template, context);
  alert.evidence = [deviceEvidence(context), userEvidence(context), ...template.evidence(context)];
  return alert;
}

/** Every nullable field null, and the evidence as the template has it, with no device or user. */
function emptied(alert: AlertBody, template: AlertTemplate, context: EvidenceContext | undefined): AlertBody {
  return {
    ...alert,
    serviceSource: "microsoftDefenderForEverything",
    providerAlertId: null,
    incidentId: null,
    detectionSource: null,
    productName: null,
    detectorId: null,
    title: null,
    description: null,
    recommendedActions: null,
    category: null,
    categories: [],
    alertWebUrl: null,
    incidentWebUrl: null,
    investigationState: null,
    firstActivityDateTime: null,
    lastActivityDateTime: null,
    evidence: context === undefined ? [] : template.evidence(context),
  };
}

function contextOf(tenant: CustomerTenant, order: number, at: string): EvidenceContext | undefined {
  const machine = tenant.machines[order % Math.max(1, tenant.machines.length)];
  const person = tenant.users[tenant.users.length > 1 ? 1 : 0];
  if (machine === undefined || person === undefined) return undefined;
  const accountName = person.userPrincipalName.split("@")[0] ?? person.userPrincipalName;
  return {
    machine,
    at,
    user: {
      accountName,
      domainName: tenant.displayName.split(" ")[0]?.toUpperCase() ?? "",
      userPrincipalName: person.userPrincipalName,
      displayName: person.displayName,
      objectId: person.objectId,
    },
  };
}
