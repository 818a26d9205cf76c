import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import { isProven, provenFor } from "../domain/coverage-watch.ts";
import { shift } from "../domain/instant.ts";
import { organizationKey } from "../domain/organization.ts";
import type { TenantLink, TenantState } from "../domain/tenant-link.ts";
import type { TenantOverview } from "../domain/tenant-overview.ts";
import type { Clock } from "../ports/clock.ts";
import type {
  AlertStore,
  ConsentStore,
  EphemeralStore,
  LinkStore,
  OrganizationStore,
  SyncStore,
  TenantScope,
} from "../ports/stores.ts";
import { consentStage } from "./consent-stage.ts";
import { type CredentialAlarm, standingAlarm } from "./credential-alarm.ts";

export interface TenantOverviewDeps {
  readonly links: Pick<LinkStore, "get">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly syncs: Pick<SyncStore, "get">;
  readonly alerts: Pick<AlertStore, "counts">;
  readonly ephemeral: Pick<EphemeralStore, "get">;
  readonly clock: Clock;
  readonly intervalMs: number;
}

/** One tenant as the console and the connected card show it; null when it is not linked by this account. */
export async function tenantOverview(deps: TenantOverviewDeps, scope: TenantScope): Promise<TenantOverview | null> {
  const link = (await deps.links.get(scope))?.value;
  if (link === undefined) return null;
  const [organization, sync, counts, alarm] = await Promise.all([
    deps.organizations.get(scope.accountId, link.organizationId),
    deps.syncs.get(scope),
    deps.alerts.counts(scope),
    standingAlarm(deps),
  ]);
  return {
    link: underAlarm(link, alarm),
    organizationName: organization?.name ?? link.tenantName,
    sync: sync?.value ?? null,
    proven: isProven(sync?.value ?? null, deps.clock.now(), deps.intervalMs),
    counts,
  };
}

const NOT_PAUSED: readonly TenantState[] = [
  "connected",
  "permissionsMissing",
  "consentRevoked",
  "defenderNotAvailable",
  "credentialFailing",
  "notAnswering",
];

/** While our own credential is refused, that is what holds of each tenant that is not paused; nothing of it is stored. */
function underAlarm(link: TenantLink, alarm: CredentialAlarm | null): TenantLink {
  if (alarm === null || link.state === "paused") return link;
  const { sentence, detail, since } = alarm;
  return { ...link, state: "credentialFailing", trouble: { sentence, detail, since, mender: "operator" } };
}

function countsUnderAlarm(counts: TenantList["counts"], alarm: CredentialAlarm | null): TenantList["counts"] {
  if (alarm === null) return counts;
  const paused = counts.paused ?? 0;
  const failing = Object.values(counts).reduce((sum, count) => sum + count, 0) - paused;
  return { ...(paused === 0 ? {} : { paused }), ...(failing === 0 ? {} : { credentialFailing: failing }) };
}

/** The stored states of tenants that are shown in these: under the alarm every tenant that is not paused is shown as failing. */
function storedStates(shown: readonly TenantState[], alarm: CredentialAlarm | null): readonly TenantState[] {
  if (alarm === null) return shown;
  const paused = shown.filter((state) => state === "paused");
  return shown.includes("credentialFailing") ? [...NOT_PAUSED, ...paused] : paused;
}

function countsIn(counts: TenantList["counts"], states: readonly TenantState[] | null): TenantList["counts"] {
  if (states === null) return counts;
  return Object.fromEntries(Object.entries(counts).filter(([state]) => states.some((wanted) => wanted === state)));
}

export interface ListTenantsDeps {
  readonly links: Pick<LinkStore, "list" | "countByState">;
  readonly syncs: Pick<SyncStore, "get" | "countUnproven">;
  readonly alerts: Pick<AlertStore, "counts">;
  readonly consents: Pick<ConsentStore, "open">;
  readonly ephemeral: Pick<EphemeralStore, "get">;
  readonly clock: Clock;
  readonly intervalMs: number;
}

export interface TenantFilter {
  /** Looked for in organization, tenant name and domain; "" keeps all. */
  readonly text: string;
  /** Keeps tenants that are shown in one of these states; null: all. */
  readonly states: readonly TenantState[] | null;
  /** Whether connections under way are listed too. */
  readonly waiting: boolean;
}

export interface TenantList {
  /** One page, ordered by organization name. */
  readonly rows: readonly TenantOverview[];
  /** Over all pages, of what the filter keeps. */
  readonly counts: Readonly<Partial<Record<TenantState, number>>>;
  /** Connections under way that the filter keeps, newest first. */
  readonly waiting: readonly ConsentJourney[];
  readonly total: number;
  /** Tenants of the account that are not proven read, whatever the filter; paused ones are not counted. */
  readonly unproven: number;
}

/** The account's tenants that the filter keeps, `limit` from `offset` on. */
export async function listTenants(
  deps: ListTenantsDeps,
  input: { accountId: string; filter: TenantFilter; offset: number; limit: number },
): Promise<TenantList> {
  const { accountId, offset, limit } = input;
  const { text, states, waiting } = input.filter;
  const filter = text === "" ? {} : { text };
  const now = deps.clock.now();
  const alarm = await standingAlarm(deps);
  const inStates = states === null ? {} : { states: storedStates(states, alarm) };
  const [links, stored, open, unproven] = await Promise.all([
    deps.links.list({ accountId, ...filter, ...inStates, offset, limit }),
    deps.links.countByState({ accountId, ...filter }),
    waiting ? deps.consents.open(accountId) : [],
    deps.syncs.countUnproven({ accountId, before: shift(now, -provenFor(deps.intervalMs)) }),
  ]);
  const counts = countsIn(countsUnderAlarm(stored, alarm), states);
  const rows = await Promise.all(
    links.map(async ({ link, organizationName }): Promise<TenantOverview> => {
      const scope = { accountId, tenantId: link.tenantId };
      const [sync, alerts] = await Promise.all([deps.syncs.get(scope), deps.alerts.counts(scope)]);
      const proven = isProven(sync?.value ?? null, now, deps.intervalMs);
      return { link: underAlarm(link, alarm), organizationName, sync: sync?.value ?? null, proven, counts: alerts };
    }),
  );
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { rows, counts, waiting: waitingOf(open, text, now), total, unproven };
}

function waitingOf(open: readonly ConsentJourney[], text: string, now: string): readonly ConsentJourney[] {
  const wanted = organizationKey(text);
  return open.filter((journey) => {
    // "checking", and who is asked to consent again, is linked already and stands among the rows.
    if (asksAgain(journey) || journey.state === "checking" || consentStage(journey, now) === "expired") return false;
    return organizationKey(`${journey.organizationName} ${journey.expectedDomain ?? ""}`).includes(wanted);
  });
}
