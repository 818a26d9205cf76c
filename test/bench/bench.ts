import { availableParallelism, cpus, totalmem } from "node:os";
import { argv, stdout, version } from "node:process";
import { walkMainPaths } from "../scenario/main-paths.ts";
import { rounded } from "./measure.ts";
import { benchStoreCopy } from "./store-copy.ts";
import { benchStores, type StoreSize } from "./store-operations.ts";
import { type BenchLine, benchSyncToCard, type SyncSize } from "./sync-to-card.ts";
import { benchTurns, type TurnSize } from "./turn-latency.ts";

/**
 * `npm run bench`: one JSON object a line; `npm run bench -- store-copy` measures that part alone. With `--quick` a smoke test,
 * whose figures mean nothing.
 */
const quick = argv.includes("--quick");
const syncSize: SyncSize = quick ? { alerts: 12, rounds: 1, warmUps: 0 } : { alerts: 600, rounds: 5, warmUps: 1 };
const turnSize: TurnSize = quick
  ? { turns: 3, warmUps: 1, clicks: 3, links: 50 }
  : { turns: 300, warmUps: 60, clicks: 240, links: 10_000 };
const storeSize: StoreSize = quick ? { rounds: 2, warmUps: 1, links: 10 } : { rounds: 200, warmUps: 20, links: 1_000 };
const copySizes = quick ? [60] : [10_000, 100_000];

const parts: Readonly<Record<string, () => Promise<void>>> = {
  "sync-to-card": async () => {
    if (!quick) print(await benchSyncToCard(syncSize, false));
    print(await benchSyncToCard(syncSize, true));
  },
  turns: async () => print(await benchTurns(turnSize)),
  stores: async () => print(await benchStores(storeSize)),
  charges: async () => print(await chargeLines(quick ? 30 : 1_000)),
  "store-copy": async () => print(await benchStoreCopy(copySizes)),
};

function print(lines: readonly BenchLine[]): void {
  for (const line of lines) stdout.write(`${JSON.stringify(line)}\n`);
}

const named = argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = named.filter((name) => parts[name] === undefined);
if (unknown.length > 0)
  throw new Error(`No such part: ${unknown.join(", ")}. There are ${Object.keys(parts).join(", ")}.`);
print([
  {
    name: "machine",
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: version,
  },
]);
for (const [name, measure] of Object.entries(parts)) if (named.length === 0 || named.includes(name)) await measure();

/** What the product's main paths ask of Cosmos DB, which operations.md tells. */
async function chargeLines(manyTenants: number): Promise<readonly BenchLine[]> {
  const paths = await walkMainPaths(manyTenants);
  return Object.entries(paths).map(([path, { requests, requestUnits }]) => ({
    name: "cosmos.charge",
    path,
    requests: rounded(requests),
    requestUnits: rounded(requestUnits),
  }));
}
