import { type BenchPair, startPair } from "./bench-pair.ts";
import { type Cost, median, rounded } from "./measure.ts";

export type BenchLine = Readonly<Record<string, string | number>> & { readonly name: string };

export interface SyncSize {
  readonly alerts: number;
  readonly rounds: number;
  readonly warmUps: number;
}

/** Past the overlap of a read, so that each round reads its own alerts alone. */
const NEXT_ROUND_MS = 11 * 60_000;
const NEXT_READ_MS = 61_000;

/**
 * From Graph to a posted card, the composed product beside the hand-written floor, round about, so that noise of the
 * machine falls on both. `autoResolve` adds the two writes to Graph to both.
 */
export async function benchSyncToCard(size: SyncSize, autoResolve: boolean): Promise<readonly BenchLine[]> {
  const bot = await startPair({ subject: "bench-bot.ts", autoResolve });
  const floor = await startPair({ subject: "bench-floor.ts", autoResolve });
  const costs: { bot: Cost[]; floor: Cost[] } = { bot: [], floor: [] };
  for (let round = 0; round < size.warmUps + size.rounds; round += 1) {
    const ofFloor = await oneRound(floor, size.alerts);
    const ofBot = await oneRound(bot, size.alerts);
    if (round < size.warmUps) continue;
    costs.floor.push(ofFloor);
    costs.bot.push(ofBot);
  }
  const name = autoResolve ? "sync-to-card.auto-resolve" : "sync-to-card.post";
  const lines = [
    { ...summary(`${name}.floor`, size, costs.floor), peakMb: await peakOf(floor) },
    { ...summary(name, size, costs.bot), peakMb: await peakOf(bot) },
    {
      name: `${name}.ratio`,
      cpu: rounded(median(costs.bot.map((cost, round) => cost.cpuMs / (costs.floor[round]?.cpuMs ?? 0)))),
      wall: rounded(median(costs.bot.map((cost, round) => cost.wallMs / (costs.floor[round]?.wallMs ?? 0)))),
    },
    ...(autoResolve ? await rereads(bot, size) : []),
  ];
  await Promise.all([bot.close(), floor.close()]);
  return lines;
}

async function oneRound(pair: BenchPair, alerts: number): Promise<Cost> {
  await pair.pass(NEXT_ROUND_MS);
  return await pair.round(alerts);
}

/** Each alert is read again while it lies in the overlap: first with our own writes in it, then as it was. */
async function rereads(bot: BenchPair, size: SyncSize): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const name of ["reread.own-writes", "reread.unchanged"]) {
    await bot.pass(NEXT_READ_MS);
    lines.push(summary(name, size, [await bot.round(0)]));
  }
  return lines;
}

async function peakOf(pair: BenchPair): Promise<number> {
  return Math.round((await pair.subject.ask("usage")).peakMb);
}

function summary(name: string, { alerts }: SyncSize, costs: readonly Cost[]): BenchLine {
  return {
    name,
    alerts,
    rounds: costs.length,
    alertsPerSecond: rounded(median(costs.map(({ wallMs }) => (alerts / wallMs) * 1_000))),
    cpuMsPer1000: rounded(median(costs.map(({ cpuMs }) => (cpuMs / alerts) * 1_000))),
  };
}
