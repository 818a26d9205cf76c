import { alertCard } from "../cards/alert-card.ts";
import { alertsCard } from "../cards/alerts-card.ts";
import { type AlertsProofDeps, alertsProof } from "../services/alerts/alerts-proof.ts";
import type { AlertRecord } from "../services/domain/alert-record.ts";
import type { AlertStore, LinkStore, OrganizationStore } from "../services/ports/stores.ts";
import { parseAlertFilter } from "./alert-filter-words.ts";
import { findTenant, searchInWords } from "./find-tenant.ts";
import { card, type Reply, type Turn, text } from "./turn.ts";

export interface ShowAlertsDeps extends AlertsProofDeps {
  readonly alerts: AlertStore;
  readonly links: LinkStore;
  readonly organizations: OrganizationStore;
}

const PAGE = 10;

/** One page of alerts, newest first, by plain filter words. */
export async function showAlerts(
  deps: ShowAlertsDeps,
  turn: Turn,
  input: { filter: string; offset: number },
): Promise<Reply> {
  const accountId = turn.account.id;
  const query = parseAlertFilter(input.filter, deps.clock.now());
  let tenant: Parameters<typeof alertsProof>[1]["tenant"] = null;
  let { filter } = query;
  if (query.organization !== "") {
    const search = await findTenant(deps, { accountId, words: query.organization });
    if (search.kind !== "found") return text(searchInWords(search, query.organization));
    tenant = search;
    if (query.older) filter = { ...filter, createdBefore: search.link.linkedAt };
  }
  const records = await deps.alerts.list({
    accountId,
    tenantId: tenant?.link.tenantId ?? null,
    filter,
    offset: input.offset,
    limit: PAGE + 1,
  });
  const rows = await Promise.all(
    records
      .slice(0, PAGE)
      .map(async (record) => ({ record, organizationName: await organizationNameOf(deps, record) })),
  );
  const proof = rows.length > 0 ? null : await alertsProof(deps, { accountId, tenant });
  return card(alertsCard({ ...input, title: "Alerts", rows, hasMore: records.length > PAGE, proof }));
}

/** One alert's card, as it would be posted. */
export async function showAlert(deps: ShowAlertsDeps, turn: Turn, alertId: string): Promise<Reply> {
  const record = alertId === "" ? null : await deps.alerts.find(turn.account.id, alertId);
  if (record === null) return text(noSuchAlert(alertId));
  return card(alertCard({ record, organizationName: await organizationNameOf(deps, record) }));
}

/** What `alert` and `why` say to an id that is not there. */
export function noSuchAlert(alertId: string): string {
  return alertId === ""
    ? "Type the alert's id after the command; it stands in the small print of its card."
    : "No alert of your tenants has this id. `alerts` lists the newest ones.";
}

/** The customer's name for an alert's card, read from the store. */
export async function organizationNameOf(
  deps: { links: LinkStore; organizations: OrganizationStore },
  record: Pick<AlertRecord, "accountId" | "tenantId">,
): Promise<string> {
  const link = (await deps.links.get(record))?.value;
  if (link === undefined) return "a tenant that is no longer connected";
  return (await deps.organizations.get(record.accountId, link.organizationId))?.name ?? link.tenantName;
}
