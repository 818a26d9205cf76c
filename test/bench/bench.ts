import { availableParallelism, cpus, totalmem } from "node:os";
import { argv, stdout, version } from "node:process";
import { type BenchLine, benchSyncToCard, type SyncSize } from "./sync-to-card.ts";
import { benchTurns, type TurnSize } from "./turn-latency.ts";

/** `npm run bench`: one JSON object a line. With `--quick` a smoke test, whose figures mean nothing. */
const quick = argv.includes("--quick");
const syncSize: SyncSize = quick ? { alerts: 12, rounds: 1, warmUps: 0 } : { alerts: 600, rounds: 5, warmUps: 1 };
const turnSize: TurnSize = quick
  ? { turns: 3, warmUps: 1, clicks: 3, links: 50 }
  : { turns: 300, warmUps: 60, clicks: 240, links: 10_000 };

function print(lines: readonly BenchLine[]): void {
  for (const line of lines) stdout.write(`${JSON.stringify(line)}\n`);
}

print([
  {
    name: "machine",
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: version,
  },
]);
if (!quick) print(await benchSyncToCard(syncSize, false));
print(await benchSyncToCard(syncSize, true));
print(await benchTurns(turnSize));
