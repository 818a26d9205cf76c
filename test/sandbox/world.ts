import type { SandboxClock } from "./clock.ts";
import type { AlertRecord } from "./world/alert-record.ts";
import { graphInstant } from "./world/alert-record.ts";
import type { AppRegistration } from "./world/app-registration.ts";
import { makeBotApp, makeDefenderApp } from "./world/app-registration.ts";
import type { CustomerTenant, TenantLetter } from "./world/customer-tenant.ts";
import { makeCustomerTenants } from "./world/customer-tenant.ts";
import type { FaultPlan } from "./world/faults.ts";
import { FaultSwitches } from "./world/faults.ts";
import type { TemplateName } from "./world/make-alert.ts";
import { makeAlert, realisticTemplateNames } from "./world/make-alert.ts";
import { organizationNames } from "./world/organizations.ts";
import type { Person, SignInUser } from "./world/people.ts";
import { accountPeople, accountTenant } from "./world/people.ts";
import type { Permission, ResourceName } from "./world/permissions.ts";
import { RequestLog } from "./world/request-log.ts";

/** What may be said of an arriving alert; the rest follows from the template and the clock. */
export interface Arrival {
  template?: TemplateName;
  severity?: string;
  title?: string;
  status?: string;
  serviceSource?: string;
  /** Default: now. */
  createdAt?: Date;
  /** Default: createdAt. */
  lastUpdateAt?: Date;
  /** A late arrival: Graph does not return it before. Default: at once. */
  visibleAt?: Date;
}

/** One line of a script: an alert that becomes visible that long after the script starts. */
export interface ScriptedArrival extends Omit<Arrival, "createdAt" | "lastUpdateAt" | "visibleAt"> {
  tenantId: string;
  afterMs: number;
  /** How long Graph holds it back: the alert is dated that much before it shows. Default 0. */
  lateByMs?: number;
}

/** Whether tokens that were issued before a change still pass at the APIs until they expire. */
export type OldTokens = "refused" | "valid";

export interface WorldOptions {
  clock: SandboxClock;
  botAppId?: string;
  /** Seconds after consent in which tokens carry no roles yet. Default 0. */
  rolesLagSeconds?: number;
}

/** Microsoft's side of the sandbox as plain data: tenants, people, grants, alerts, faults. It knows no HTTP. */
export class World {
  readonly clock: SandboxClock;
  readonly organizations: readonly string[] = organizationNames;
  readonly account = accountTenant;
  readonly people: readonly Person[] = accountPeople;
  readonly tenants: readonly CustomerTenant[] = makeCustomerTenants();
  readonly defenderApp: AppRegistration = makeDefenderApp();
  readonly botApp: AppRegistration;
  readonly faults = new FaultSwitches();
  readonly requests = new RequestLog();
  rolesLagSeconds: number;
  /** Whether id tokens carry `wids`, which needs groupMembershipClaims on the registration. */
  widsInIdTokens = true;
  #arrivals = 0;
  #ordered = new Map<string, AlertRecord[]>();

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.botApp = makeBotApp(options.botAppId);
    this.rolesLagSeconds = options.rolesLagSeconds ?? 0;
  }

  /** The tenant with that letter. */
  tenant(letter: TenantLetter): CustomerTenant {
    const found = this.tenants.find((tenant) => tenant.letter === letter);
    if (found === undefined) throw new Error(`The sandbox has no tenant ${letter}`);
    return found;
  }

  /** By tenant id or verified domain; undefined when Microsoft would not know it either. */
  findTenant(idOrDomain: string): CustomerTenant | undefined {
    const wanted = idOrDomain.toLowerCase();
    return this.tenants.find(
      (tenant) => tenant.tenantId === wanted || tenant.verifiedDomains.some((domain) => domain.name === wanted),
    );
  }

  findUser(key: string): SignInUser | undefined {
    return this.tenants.flatMap((tenant) => tenant.users).find((user) => user.key === key);
  }

  /** An alert comes into being; gives back its id. */
  arrive(tenantId: string, arrival: Arrival = {}): string {
    const tenant = this.#known(tenantId);
    const now = this.clock.now();
    const { createdAt = now, lastUpdateAt = createdAt, visibleAt = now, template, ...rest } = arrival;
    this.#arrivals += 1;
    const order = this.#arrivals;
    const body = makeAlert(tenant, {
      ...rest,
      template: template ?? templateFor(order),
      order,
      createdAt,
      lastUpdateAt,
    });
    tenant.alerts.set(body.id, {
      body,
      order,
      createdMs: createdAt.getTime(),
      lastUpdateMs: lastUpdateAt.getTime(),
      visibleMs: visibleAt.getTime(),
    });
    this.#ordered.delete(tenant.tenantId);
    return body.id;
  }

  /** That many alerts at once, over all realistic templates; gives back their ids. */
  storm(tenantId: string, count: number, arrival: Arrival = {}): string[] {
    return Array.from({ length: count }, () => this.arrive(tenantId, arrival));
  }

  /** Lays down a script of arrivals, counted from now; gives back the ids in the script's order. */
  playScript(script: ScriptedArrival[]): string[] {
    const start = this.clock.now().getTime();
    return script.map(({ tenantId, afterMs, lateByMs = 0, ...rest }) => {
      const visibleAt = new Date(start + afterMs);
      return this.arrive(tenantId, { ...rest, visibleAt, createdAt: new Date(visibleAt.getTime() - lateByMs) });
    });
  }

  /** Alerts that Graph returns now, newest first. */
  visibleAlerts(tenantId: string): AlertRecord[] {
    const tenant = this.#known(tenantId);
    let ordered = this.#ordered.get(tenant.tenantId);
    if (ordered === undefined) {
      ordered = [...tenant.alerts.values()].sort((a, b) => b.createdMs - a.createdMs || b.order - a.order);
      this.#ordered.set(tenant.tenantId, ordered);
    }
    const now = this.clock.now().getTime();
    return ordered.filter((record) => record.visibleMs <= now);
  }

  /** One alert if it is visible now. */
  findAlert(tenantId: string, alertId: string): AlertRecord | undefined {
    const record = this.findTenant(tenantId)?.alerts.get(alertId);
    return record !== undefined && record.visibleMs <= this.clock.now().getTime() ? record : undefined;
  }

  /** Writes fields and moves lastUpdateDateTime; resolving sets resolvedDateTime, leaving `resolved` clears it. */
  changeAlert(record: AlertRecord, fields: Partial<AlertRecord["body"]>): void {
    const now = this.clock.now();
    Object.assign(record.body, fields);
    record.body.lastUpdateDateTime = graphInstant(now);
    record.lastUpdateMs = now.getTime();
    if (fields.status === undefined) return;
    if (fields.status !== "resolved") record.body.resolvedDateTime = null;
    else record.body.resolvedDateTime ??= graphInstant(now);
  }

  comment(record: AlertRecord, comment: string, by: string): void {
    const createdDateTime = graphInstant(this.clock.now());
    const type = "#microsoft.graph.security.alertComment" as const;
    record.body.comments.push({ "@odata.type": type, comment, createdByDisplayName: by, createdDateTime });
    this.changeAlert(record, {});
  }

  /** Somebody resolves it in the Defender portal; `by` becomes its owner there. */
  resolveInPortal(tenantId: string, alertId: string, by: string): void {
    this.changeAlert(this.#alert(tenantId, alertId), { status: "resolved", assignedTo: by });
  }

  reopenInPortal(tenantId: string, alertId: string, by?: string): void {
    const fields = { status: "inProgress", ...(by === undefined ? {} : { assignedTo: by }) };
    this.changeAlert(this.#alert(tenantId, alertId), fields);
  }

  /** What Accept on the consent page does: all that the app asks for, less what the tenant withholds. */
  consent(tenantId: string): void {
    const { withheld } = this.#known(tenantId);
    const asked = this.defenderApp.permissions.filter(({ resource, value }) => !withheld.has(`${resource}/${value}`));
    this.grant(tenantId, asked);
  }

  /** Adds exactly these permissions; the app is known in the tenant from now on. */
  grant(tenantId: string, permissions: Permission[]): void {
    const tenant = this.#known(tenantId);
    tenant.consentedAt = this.clock.now();
    for (const { resource, value } of permissions) tenant.grants[resource].add(value);
  }

  /** The next Accept leaves these out. */
  withhold(tenantId: string, permissions: Permission[]): void {
    const { withheld } = this.#known(tenantId);
    for (const { resource, value } of permissions) withheld.add(`${resource}/${value}`);
  }

  /** The customer's admin removes the app. Microsoft may let older tokens live up to an hour: oldTokens "valid". */
  revokeConsent(tenantId: string, oldTokens: OldTokens = "refused"): void {
    const tenant = this.#known(tenantId);
    tenant.consentedAt = null;
    tenant.grants.graph.clear();
    tenant.grants.defender.clear();
    this.#endTokens(tenant, oldTokens);
  }

  /** One app role is taken away, from both APIs unless one is named. */
  removeRole(tenantId: string, value: string, options: { resource?: ResourceName; oldTokens?: OldTokens } = {}): void {
    const tenant = this.#known(tenantId);
    if (options.resource !== "defender") tenant.grants.graph.delete(value);
    if (options.resource !== "graph") tenant.grants.defender.delete(value);
    this.#endTokens(tenant, options.oldTokens ?? "refused");
  }

  /** Defender for Endpoint's subscription begins or ends. */
  setDefender(tenantId: string, present: boolean): void {
    this.#known(tenantId).hasDefender = present;
  }

  /** Switches a fault on; what it gives back switches it off. */
  fault(plan: FaultPlan): () => void {
    return this.faults.add(plan);
  }

  /** The roles a token issued now carries for that API. */
  rolesNow(tenant: CustomerTenant, resource: ResourceName): string[] {
    if (tenant.consentedAt === null) return [];
    const age = this.clock.now().getTime() - tenant.consentedAt.getTime();
    return age < this.rolesLagSeconds * 1000 ? [] : [...tenant.grants[resource]].sort();
  }

  #endTokens(tenant: CustomerTenant, oldTokens: OldTokens): void {
    tenant.tokenGeneration += 1;
    if (oldTokens === "refused") tenant.oldestGeneration = tenant.tokenGeneration;
  }

  #known(tenantId: string): CustomerTenant {
    const tenant = this.findTenant(tenantId);
    if (tenant === undefined) throw new Error(`The sandbox has no tenant ${tenantId}`);
    return tenant;
  }

  #alert(tenantId: string, alertId: string): AlertRecord {
    const record = this.#known(tenantId).alerts.get(alertId);
    if (record === undefined) throw new Error(`Tenant ${tenantId} has no alert ${alertId}`);
    return record;
  }
}

function templateFor(order: number): TemplateName {
  return realisticTemplateNames[(order - 1) % realisticTemplateNames.length] ?? "eicar";
}
