import type { Alert } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { Job } from "../../../services/domain/job.ts";
import type { PolicySettings } from "../../../services/domain/policy-settings.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Log } from "../../../services/ports/log.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "../../contract/store/opened-store.ts";
import { at, linked, ROBIN, record, START, stored } from "../../contract/store/store-samples.ts";
import { defenderDouble } from "./defender-double.ts";
import { faultPoints } from "./fault-points.ts";

/** One linked tenant on a store in memory, with its Defender; every write to either is a fault point. */
export async function alertWorld(linkFields: Partial<TenantLink> = {}) {
  const clock = movedClock();
  const stores: Stores = await openSqliteStores({ path: ":memory:", clock });
  const scope = await linked(stores, { linkedAt: at(-60), ...linkFields }, "Contoso Retail");
  const faults = faultPoints();
  const source = defenderDouble(clock, faults);
  const jobs: Job[] = [];
  const lines: string[] = [];
  const log: Log = {
    debug: (sentence) => void lines.push(`debug: ${sentence}`),
    info: (sentence) => void lines.push(`info: ${sentence}`),
    warn: (sentence) => void lines.push(`warn: ${sentence}`),
    error: (sentence) => void lines.push(`error: ${sentence}`),
  };
  let ids = 0;
  const id = () => {
    ids += 1;
    return String(ids).padStart(8, "0");
  };
  const alerts: Stores["alerts"] = {
    ...stores.alerts,
    update: (input) => faults.around("store.update", () => stores.alerts.update(input)),
  };
  const deps = {
    ...stores,
    alerts,
    source,
    clock,
    log,
    queue: { add: (job: Job) => void jobs.push(job) },
    randomness: { id, secret: () => `secret-${id()}` },
    intervalMs: 60_000,
    directories: new Map(),
  };
  return {
    deps,
    stores,
    scope,
    clock,
    source,
    faults,
    jobs,
    lines,
    /** An alert in Defender and our copy of it, due to be settled. */
    alert: async (alertFields: Partial<Alert> = {}, fields: Partial<AlertRecord> = {}): Promise<AlertRecord> => {
      const item = record(scope, { updatedAt: START, ...alertFields }, { nextSettleAt: START, ...fields });
      source.alerts.set(item.alert.id, item.alert);
      await stored(stores, item);
      return item;
    },
    read: async (alertId: string): Promise<AlertRecord> => {
      const found = await stores.alerts.get(scope, alertId);
      if (found === null) throw new Error("The alert is not in the store.");
      return found.value;
    },
    /** Somebody else changes the record in the store. */
    rewrite: async (alertId: string, change: (record: AlertRecord) => AlertRecord): Promise<void> => {
      const found = await stores.alerts.get(scope, alertId);
      if (found === null) throw new Error("The alert is not in the store.");
      await stores.alerts.update({ record: change(found.value), etag: found.etag });
    },
    /** The tenant's own settings from now on. */
    set: async (values: Partial<PolicySettings>): Promise<void> => {
      const { etag } = await stores.settings.get(scope);
      const settings = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { value, setBy: ROBIN, setAt: clock.now() }]),
      );
      await stores.settings.put({ level: scope, settings, etag, audit: [] });
    },
    /** Verbs and phases of the audit log, oldest first. */
    audited: async (): Promise<string[]> => {
      const rows = await stores.audit.list({ accountId: scope.accountId, tenantId: scope.tenantId, limit: 99 });
      return rows.map(({ verb, phase, after }) => `${verb} ${phase}: ${after}`).reverse();
    },
  };
}

export type AlertWorld = Awaited<ReturnType<typeof alertWorld>>;
