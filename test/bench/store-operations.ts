import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY, MINUTE, shift } from "../../services/domain/instant.ts";
import type { Stores } from "../../services/ports/all-stores.ts";
import type { Clock } from "../../services/ports/clock.ts";
import type { TenantScope } from "../../services/ports/stores.ts";
import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../../services/store/cosmos/cosmos-container.ts";
import { openCosmosStores } from "../../services/store/cosmos/open-cosmos-stores.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { A, at, auditRow, linked, ROBIN, record, START, sync } from "../contract/store/store-samples.ts";
import type { BenchCosmos, CosmosAt } from "./bench-cosmos.ts";
import { startChild } from "./child.ts";
import { quantile, rounded } from "./measure.ts";
import type { BenchLine } from "./sync-to-card.ts";

export interface StoreSize {
  readonly rounds: number;
  readonly warmUps: number;
  /** Tenants of the account beside the one that is worked on. */
  readonly links: number;
}

const ALERTS_PER_PAGE = 50;

interface Bench {
  readonly stores: Stores;
  readonly scope: TenantScope;
}

/** Each is done once a round; `nth` makes its ids its own. What one writes, those after it find. */
const OPERATIONS: Readonly<Record<string, (bench: Bench, nth: number) => Promise<unknown>>> = {
  "tenant linked": ({ stores }) => linked(stores),
  "page of 50 alerts stored": async ({ stores, scope }, nth) => {
    const records = Array.from({ length: ALERTS_PER_PAGE }, (_, index) => ({
      record: record(scope, { id: alertId(nth, index) }),
      etag: null,
    }));
    await done(stores.alerts.storePage({ scope, records, sync: await nextSync(stores, scope, nth) }));
  },
  "the same page read again": ({ stores, scope }, nth) =>
    stores.alerts.getMany(
      scope,
      Array.from({ length: ALERTS_PER_PAGE }, (_, index) => alertId(nth, index)),
    ),
  "quiet read noted": async ({ stores, scope }, nth) => {
    await done(stores.alerts.storePage({ scope, records: [], sync: await nextSync(stores, scope, nth + 0.5) }));
  },
  "alert read": ({ stores, scope }, nth) => stores.alerts.get(scope, alertId(nth, 0)),
  "alert changed, with its audit row": async ({ stores, scope }, nth) => {
    const found = await stores.alerts.get(scope, alertId(nth, 1));
    if (found === null) throw new Error("The alert is not there.");
    const changed = { ...found.value, revision: found.value.revision + 1 };
    const audit = [auditRow({ tenantId: scope.tenantId, verb: "alert.claim" })];
    await done(stores.alerts.update({ record: changed, etag: found.etag, audit }));
  },
  "page of alerts listed": ({ stores, scope }) =>
    stores.alerts.list({ ...scope, filter: { status: "open" }, offset: 0, limit: 10 }),
  "page of tenants listed and counted": ({ stores }) =>
    Promise.all([
      stores.links.list({ accountId: A, offset: 0, limit: 10 }),
      stores.links.countByState({ accountId: A }),
    ]),
  "settings saved": async ({ stores, scope }, nth) => {
    const { etag } = await stores.settings.get(scope);
    const settings = { autoResolve: { value: nth % 2 === 0, setBy: ROBIN, setAt: START } };
    await done(stores.settings.put({ level: scope, settings, etag, audit: [auditRow({ verb: "settings.change" })] }));
  },
  "dialog state kept and read": async ({ stores }, nth) => {
    const key = `dialog ${nth % 8}`;
    await done(stores.ephemeral.put({ key, value: "x".repeat(2_000), etag: "*", endsAt: shift(START, DAY) }));
    await stores.ephemeral.get(key);
  },
  "page of the audit log": ({ stores }) => stores.audit.list({ accountId: A, limit: 10 }),
  "what is due, asked once": async ({ stores }) => {
    const due = { now: at(-1), limit: 500 };
    await Promise.all([stores.syncs.due(due), stores.alerts.dueToSettle(due), stores.alerts.dueToAnnounce(due)]);
  },
};

/**
 * The stores' operations one after another, SQLite in a file and Cosmos DB by its simulated server in a process beside this
 * one, in turn, so that noise of the machine falls on both. The server's own time is in Cosmos' latencies; a network is not.
 */
export async function benchStores({ rounds, warmUps, links }: StoreSize): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-bench-"));
  const server = startChild<BenchCosmos>("./bench-cosmos.ts");
  const clock = { now: () => START };
  const sqlite = await openSqliteStores({ path: join(folder, "watchdesk.db"), clock });
  const cosmos = await openCosmos(await server.ask("start"), clock);
  const benches = { sqlite: await benchOf(sqlite, links), cosmos: await benchOf(cosmos, links) };
  const taken = Object.fromEntries(
    Object.keys(OPERATIONS).map((name) => [name, { sqlite: [] as number[], cosmos: [] as number[], units: 0 }]),
  );
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const ofSqlite = await millisecondsOf(() => operation(benches.sqlite, round));
      await server.ask("charged");
      const ofCosmos = await millisecondsOf(() => operation(benches.cosmos, round));
      const units = await server.ask("charged");
      const kept = taken[name];
      if (kept === undefined || round < warmUps) continue;
      kept.sqlite.push(ofSqlite);
      kept.cosmos.push(ofCosmos);
      kept.units += units;
    }
  }
  await Promise.all([sqlite.close(), cosmos.close()]);
  await server.ask("stop");
  await server.end();
  await rm(folder, { recursive: true, force: true });
  return Object.entries(taken).map(([operation, { sqlite: ofSqlite, cosmos: ofCosmos, units }]) => ({
    name: "store",
    operation,
    sqliteP50Ms: rounded(quantile(ofSqlite, 0.5)),
    sqliteP95Ms: rounded(quantile(ofSqlite, 0.95)),
    cosmosP50Ms: rounded(quantile(ofCosmos, 0.5)),
    cosmosP95Ms: rounded(quantile(ofCosmos, 0.95)),
    requestUnits: rounded(units / rounds),
  }));
}

async function openCosmos(at: CosmosAt, clock: Clock): Promise<Stores> {
  const connection = connectCosmos(at);
  const container = cosmosContainer(connection.container, { storeCharge: () => undefined });
  const stores = openCosmosStores({ container, clock, accountIds: [A], retentionMs: 180 * DAY });
  return {
    ...stores,
    close: async () => {
      await stores.close();
      connection.close();
    },
  };
}

async function benchOf(stores: Stores, links: number): Promise<Bench> {
  for (let nth = 0; nth < links; nth += 1) await linked(stores);
  return { stores, scope: await linked(stores) };
}

async function nextSync(stores: Stores, scope: TenantScope, nth: number) {
  const stored = await stores.syncs.get(scope);
  if (stored === null) throw new Error("The tenant is not linked.");
  return { sync: sync(scope, { watermark: shift(START, nth * MINUTE) }), etag: stored.etag };
}

function alertId(nth: number, index: number): string {
  return `alert-${nth}-${index}`;
}

async function done(writing: Promise<string>): Promise<void> {
  const outcome = await writing;
  if (outcome !== "stored") throw new Error(`A write was not taken: ${outcome}.`);
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
