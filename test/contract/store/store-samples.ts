import type { Alert } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { AuditRow } from "../../../services/domain/audit.ts";
import type { ConsentJourney, ConsentLeg } from "../../../services/domain/consent-journey.ts";
import type { ChannelBinding, Conversation } from "../../../services/domain/conversation.ts";
import type { Delivery } from "../../../services/domain/delivery.ts";
import { type Instant, MINUTE, shift } from "../../../services/domain/instant.ts";
import type { MoveRequest } from "../../../services/domain/move-request.ts";
import type { Organization } from "../../../services/domain/organization.ts";
import type { Person } from "../../../services/domain/person.ts";
import type { RemovedTenant } from "../../../services/domain/removed-tenant.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import type { TenantSync } from "../../../services/domain/tenant-sync.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { TenantScope } from "../../../services/ports/stores.ts";

export const START: Instant = "2026-11-22T14:00:00.000Z";
export const A = "account-a";
export const B = "account-b";
export const ROBIN: Person = { id: "person-robin", name: "Robin Reyes", signInName: "robin@soc.example" };

/** The moment `minutes` after START. */
export function at(minutes: number): Instant {
  return shift(START, minutes * MINUTE);
}

let lastId = 0;

/** An id that no other sample has. */
function newId(kind: string): string {
  lastId += 1;
  return `${kind}-${lastId}`;
}

export function organization(fields: Partial<Organization> = {}): Organization {
  const id = newId("organization");
  return { accountId: A, id, name: `Customer ${id}`, createdAt: START, ...fields };
}

export function link(fields: Partial<TenantLink> = {}): TenantLink {
  return {
    accountId: A,
    organizationId: "organization-1",
    tenantId: newId("tenant"),
    tenantName: "Contoso",
    tenantDomain: "contoso.example",
    linkedAt: START,
    linkedBy: ROBIN,
    linkedIn: "chat-robin",
    state: "connected",
    trouble: null,
    granted: { graph: ["SecurityAlert.ReadWrite.All"], defender: [], checkedAt: START },
    nextCheckAt: at(24 * 60),
    ...fields,
  };
}

export function sync(scope: TenantScope, fields: Partial<TenantSync> = {}): TenantSync {
  return {
    accountId: scope.accountId,
    tenantId: scope.tenantId,
    watermark: null,
    coverage: null,
    lastTriedAt: null,
    nextSyncAt: START,
    nextSweepAt: START,
    failures: 0,
    ...fields,
  };
}

export function auditRow(fields: Partial<AuditRow> = {}): AuditRow {
  return {
    accountId: A,
    tenantId: null,
    id: newId("audit"),
    operationId: newId("operation"),
    at: START,
    phase: "done",
    actor: { kind: "watchdesk" },
    verb: "tenant.link",
    target: "Contoso",
    before: null,
    after: null,
    where: null,
    ...fields,
  };
}

function alert(fields: Partial<Alert> = {}): Alert {
  return {
    id: newId("alert"),
    title: "Suspicious sign-in",
    description: "Somebody signed in from two places.",
    severity: "medium",
    status: "new",
    classification: null,
    determination: null,
    serviceSource: "microsoftDefenderForEndpoint",
    category: "InitialAccess",
    mitreTechniques: ["T1078"],
    assignedTo: null,
    incidentId: "7",
    portalUrl: null,
    createdAt: START,
    updatedAt: START,
    firstActivityAt: null,
    resolvedAt: null,
    evidence: [{ kind: "device", name: "pc-42", machineId: null, remediation: "none" }],
    comments: [],
    unreadable: false,
    ...fields,
  };
}

export function record(
  scope: TenantScope,
  alertFields: Partial<Alert> = {},
  fields: Partial<AlertRecord> = {},
): AlertRecord {
  return {
    accountId: scope.accountId,
    tenantId: scope.tenantId,
    alert: alert(alertFields),
    baseline: false,
    revision: 1,
    settledRevision: 0,
    firstSeenAt: START,
    confirmedAt: START,
    nextSettleAt: null,
    nextAnnounceAt: null,
    autoResolve: { kind: "undecided" },
    claim: null,
    reopened: null,
    resolution: null,
    resolveRequest: null,
    ...fields,
  };
}

export function tombstone(scope: TenantScope, fields: Partial<RemovedTenant> = {}): RemovedTenant {
  return {
    accountId: scope.accountId,
    tenantId: scope.tenantId,
    tenantName: "Contoso",
    organizationId: "organization-1",
    organizationName: "Contoso Dental",
    removedBy: ROBIN,
    removedAt: START,
    ...fields,
  };
}

/** What the removal of a tenant takes beside its etag. */
export function removal(scope: TenantScope, audit: AuditRow = auditRow({ accountId: scope.accountId })) {
  return { scope, tombstone: tombstone(scope), cardsDueAt: at(1), audit };
}

export function move(fields: Partial<MoveRequest> = {}): MoveRequest {
  return {
    accountId: A,
    id: newId("move"),
    tenantId: "tenant-1",
    tenantName: "Contoso",
    from: { organizationId: "organization-1", name: "Contoso Dental" },
    to: { organizationId: "organization-2", name: "Fabrikam" },
    moved: { alerts: 3, cards: 2, settings: 1 },
    requestedBy: ROBIN,
    requestedAt: START,
    requestedIn: "chat-robin",
    state: "pending",
    carryOutAt: null,
    expiresAt: at(7 * 24 * 60),
    decidedBy: null,
    decidedAt: null,
    doneAt: null,
    undoUntil: null,
    explanation: null,
    revision: 1,
    cards: [],
    renewal: null,
    dueAt: START,
    ...fields,
  };
}

export function delivery(scope: TenantScope, alertId: string, fields: Partial<Delivery> = {}): Delivery {
  return {
    accountId: scope.accountId,
    tenantId: scope.tenantId,
    alertId,
    conversationId: "channel-1",
    state: "posting",
    activityId: null,
    shownRevision: 0,
    ambiguousPosts: 0,
    changedAt: START,
    ...fields,
  };
}

export function leg(fields: Partial<ConsentLeg> = {}): ConsentLeg {
  return {
    kind: "signIn",
    stateHash: newId("state"),
    cookieHash: "cookie",
    nonce: "nonce",
    codeVerifier: "verifier",
    tenantId: null,
    expiresAt: at(10),
    ...fields,
  };
}

export function journey(fields: Partial<ConsentJourney> = {}): ConsentJourney {
  return {
    accountId: A,
    id: newId("journey"),
    organizationId: "organization-1",
    organizationName: "Contoso",
    requestedBy: ROBIN,
    conversationId: "chat-robin",
    cardActivityId: null,
    linkHash: newId("link"),
    expectedDomain: null,
    expectedTenantId: null,
    confirmedTenantId: null,
    createdAt: START,
    expiresAt: at(7 * 24 * 60),
    state: "waiting",
    explanation: null,
    openedAt: null,
    grantedAt: null,
    tenant: null,
    legs: [],
    dueAt: null,
    ...fields,
  };
}

export function conversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    accountId: A,
    id: newId("conversation"),
    kind: "channel",
    serviceUrl: "https://smba.trafficmanager.net/emea/",
    name: "Alerts",
    personId: null,
    teamId: "team-1",
    ...fields,
  };
}

export function binding(fields: Partial<ChannelBinding> = {}): ChannelBinding {
  return {
    accountId: A,
    conversationId: "channel-1",
    kind: "alerts",
    membersAre: null,
    boundBy: ROBIN,
    boundAt: START,
    pausedBecause: null,
    ...fields,
  };
}

/** Links a new tenant to a new organization, and gives back its scope. */
export async function linked(stores: Stores, fields: Partial<TenantLink> = {}, name?: string): Promise<TenantScope> {
  const accountId = fields.accountId ?? A;
  const customer = organization({ accountId, ...(name === undefined ? {} : { name }) });
  await stores.organizations.add(customer);
  const created = link({ ...fields, organizationId: customer.id });
  const outcome = await stores.links.create({ link: created, sync: sync(created), audit: auditRow({ accountId }) });
  if (outcome.kind !== "linked") {
    throw new Error(`The sample could not be linked: ${outcome.kind}`);
  }
  return { accountId, tenantId: created.tenantId };
}

/** Stores one new record; gives back its version's tag. */
export async function stored(stores: Stores, item: AlertRecord): Promise<string> {
  const outcome = await stores.alerts.storePage({ scope: item, records: [{ record: item, etag: null }] });
  const found = await stores.alerts.get(item, item.alert.id);
  if (outcome !== "stored" || found === null) {
    throw new Error("The sample record could not be stored.");
  }
  return found.etag;
}
