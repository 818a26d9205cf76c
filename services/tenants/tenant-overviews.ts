import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
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
    counts,
  };
}

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

export interface ListTenantsDeps {
  readonly links: Pick<LinkStore, "list" | "countByState">;
  readonly syncs: Pick<SyncStore, "get">;
  readonly alerts: Pick<AlertStore, "counts">;
  readonly consents: Pick<ConsentStore, "open">;
  readonly ephemeral: Pick<EphemeralStore, "get">;
  readonly clock: Clock;
}

export interface TenantList {
  /** One page, ordered by organization name. */
  readonly rows: readonly TenantOverview[];
  /** Over all pages. */
  readonly counts: Readonly<Partial<Record<TenantState, number>>>;
  /** Connections under way that match the text, newest first. */
  readonly waiting: readonly ConsentJourney[];
  readonly total: number;
}

/** The account's tenants, `limit` from `offset` on; `text` is looked for in organization, tenant name and domain. */
export async function listTenants(
  deps: ListTenantsDeps,
  input: { accountId: string; text: string | null; offset: number; limit: number },
): Promise<TenantList> {
  const { accountId, offset, limit } = input;
  const filter = input.text === null ? {} : { text: input.text };
  const [links, stored, open, alarm] = await Promise.all([
    deps.links.list({ accountId, ...filter, offset, limit }),
    deps.links.countByState({ accountId, ...filter }),
    deps.consents.open(accountId),
    standingAlarm(deps),
  ]);
  const counts = countsUnderAlarm(stored, alarm);
  const rows = await Promise.all(
    links.map(async ({ link, organizationName }): Promise<TenantOverview> => {
      const scope = { accountId, tenantId: link.tenantId };
      const [sync, alerts] = await Promise.all([deps.syncs.get(scope), deps.alerts.counts(scope)]);
      return { link: underAlarm(link, alarm), organizationName, sync: sync?.value ?? null, counts: alerts };
    }),
  );
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { rows, counts, waiting: waitingOf(open, input.text, deps.clock.now()), total };
}

function waitingOf(open: readonly ConsentJourney[], text: string | null, now: string): readonly ConsentJourney[] {
  const wanted = organizationKey(text ?? "");
  return open.filter((journey) => {
    // "checking", and who is asked to consent again, is linked already and stands among the rows.
    if (asksAgain(journey) || journey.state === "checking" || consentStage(journey, now) === "expired") return false;
    return organizationKey(`${journey.organizationName} ${journey.expectedDomain ?? ""}`).includes(wanted);
  });
}
