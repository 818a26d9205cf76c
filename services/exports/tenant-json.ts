import type { AuditRow } from "../domain/audit.ts";
import type { RemovalStore } from "../ports/removal-store.ts";
import type { AlertStore, AuditStore, LinkStore, SettingsStore, TenantScope } from "../ports/stores.ts";

export interface TenantJsonDeps {
  readonly links: Pick<LinkStore, "get">;
  readonly settings: Pick<SettingsStore, "get">;
  readonly alerts: Pick<AlertStore, "list">;
  readonly audit: Pick<AuditStore, "list">;
  readonly removals: Pick<RemovalStore, "get">;
}

const PAGE = 100;

/**
 * One JSON object of a tenant: its link, own settings, every alert as it is stored and the audit rows, newest first. Read
 * page by page, so that memory stays flat. Of a tenant that is removed meanwhile only the tombstone and the audit are left.
 */
export async function* tenantJson(
  deps: TenantJsonDeps,
  input: { scope: TenantScope; organizationName: string },
): AsyncGenerator<string> {
  const { scope, organizationName } = input;
  const [link, own, removed] = await Promise.all([
    deps.links.get(scope),
    deps.settings.get(scope),
    deps.removals.get(scope),
  ]);
  const head = { organizationName, link: link?.value ?? null, removed, settings: own.value };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "alerts": [`;
  yield* listed(alertPages(deps, scope));
  yield ',\n "audit": [';
  yield* listed(auditPages(deps, scope));
  yield "\n}\n";
}

async function* listed(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let lead = "\n  ";
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield lead + page.map((item) => JSON.stringify(item)).join(",\n  ");
    lead = ",\n  ";
  }
  yield "\n ]";
}

async function* alertPages(deps: TenantJsonDeps, scope: TenantScope): AsyncGenerator<readonly unknown[]> {
  // New alerts shift the pages: what is then seen twice is left out.
  let before = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const page = await deps.alerts.list({ ...scope, filter: {}, offset, limit: PAGE });
    const seen = before;
    yield page.filter(({ alert }) => !seen.has(alert.id));
    if (page.length < PAGE) return;
    before = new Set(page.map(({ alert }) => alert.id));
  }
}

async function* auditPages(deps: TenantJsonDeps, scope: TenantScope): AsyncGenerator<readonly AuditRow[]> {
  let last: AuditRow | undefined;
  do {
    const after = last === undefined ? {} : { olderThan: last };
    const rows = await deps.audit.list({ ...scope, ...after, limit: PAGE });
    yield rows;
    last = rows.length < PAGE ? undefined : rows.at(-1);
  } while (last !== undefined);
}
