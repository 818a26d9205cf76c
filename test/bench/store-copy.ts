import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchCopy } from "./bench-copy.ts";
import type { BenchCosmos, CosmosAt } from "./bench-cosmos.ts";
import { startChild } from "./child.ts";
import { rounded } from "./measure.ts";
import type { BenchLine } from "./sync-to-card.ts";

/** Room for 100,000 alerts in the simulated Cosmos DB, whose items all lie in memory. */
const COSMOS_ARGUMENTS = ["--max-old-space-size=12288"];

/** Node takes room where there is plenty: a small heap shows what a copy needs, and breaks one that holds all it copies. */
const COPY_ARGUMENTS = ["--max-old-space-size=96"];

/**
 * Copies of so many alerts from SQLite to Cosmos DB and back, compared on both sides, each in a process of its own: its peak
 * memory shows whether a copy holds more where there is more.
 */
export async function benchStoreCopy(sizes: readonly number[]): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const alerts of sizes) lines.push(...(await thereAndBack(alerts)));
  return lines;
}

async function thereAndBack(alerts: number): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-bench-"));
  const server = startChild<BenchCosmos>("./bench-cosmos.ts", COSMOS_ARGUMENTS);
  const cosmos = await server.ask("start");
  const seeding = startChild<BenchCopy>("./bench-copy.ts");
  await seeding.ask("seed", { path: join(folder, "source.db"), alerts });
  await seeding.end();
  const lines = [
    await oneWay({ alerts, path: join(folder, "source.db"), cosmos, to: "cosmos" }),
    await oneWay({ alerts, path: join(folder, "back.db"), cosmos, to: "sqlite" }),
  ];
  await server.ask("stop");
  await server.end();
  await rm(folder, { recursive: true, force: true });
  return lines;
}

async function oneWay(input: {
  alerts: number;
  path: string;
  cosmos: CosmosAt;
  to: "cosmos" | "sqlite";
}): Promise<BenchLine> {
  const child = startChild<BenchCopy>("./bench-copy.ts", COPY_ARGUMENTS);
  const { wallMs, cpuMs } = await child.ask("copy", input);
  const { peakMb } = await child.ask("usage");
  await child.end();
  const { alerts, to } = input;
  return {
    name: `store-copy.to-${to}`,
    alerts,
    seconds: rounded(wallMs / 1_000),
    cpuMsPer1000: rounded((cpuMs / alerts) * 1_000),
    peakMb: Math.round(peakMb),
  };
}
