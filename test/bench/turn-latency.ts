import type { BenchEcho } from "./bench-echo.ts";
import { type BenchPair, startPair } from "./bench-pair.ts";
import { startChild } from "./child.ts";
import { quantile, rounded, type Usage } from "./measure.ts";
import type { BenchLine } from "./sync-to-card.ts";

export interface TurnSize {
  readonly turns: number;
  readonly warmUps: number;
  readonly clicks: number;
  readonly links: number;
}

/**
 * Turns over HTTP with authentication on, one after another, as Teams sees them: the bot's answer and, for a message,
 * its reply in the chat. A claim writes twice to Graph before it answers; its CPU includes the edit of the card after it.
 */
export async function benchTurns(size: TurnSize): Promise<readonly BenchLine[]> {
  const { turns, warmUps, clicks } = size;
  const echo = startChild<BenchEcho>("./bench-echo.ts");
  const { url } = await echo.ask("start");
  const pair = await startPair({ subject: "bench-bot.ts" });
  const { world } = pair;
  await pair.pass(60_000);
  await pair.round(clicks + warmUps);

  await world.ask("echo", { url, times: warmUps });
  await world.ask("say", { text: "help", times: warmUps });
  const lines = [
    await measured(
      "turn.echo",
      () => echo.ask("usage"),
      () => world.ask("echo", { url, times: turns }),
    ),
    await measured(
      "turn.help",
      () => pair.subject.ask("usage"),
      () => world.ask("say", { text: "help", times: turns }),
    ),
  ];
  await world.ask("claim", { times: warmUps });
  await pair.subject.ask("work");
  lines.push(
    await measured(
      "turn.claim",
      () => settledUsage(pair),
      () => world.ask("claim", { times: clicks }),
    ),
  );
  await echo.end();
  await pair.close();
  return lines;
}

/** The tenants console with thousands of links: its first page, a search that finds one, and the typeahead of as many organizations more. */
export async function benchTenants(size: TurnSize): Promise<readonly BenchLine[]> {
  const { turns, warmUps, links } = size;
  const pair = await startPair({ subject: "bench-bot.ts", quietTenants: links });
  const lines: BenchLine[] = [];
  for (const [name, text] of [
    ["tenants", "tenants"],
    ["tenants.search", `tenants customer-${links - 1}.example`],
  ] as const) {
    const say = (times: number) => pair.world.ask("say", { text, times });
    await say(warmUps);
    const line = await measured(
      name,
      () => pair.subject.ask("usage"),
      () => say(turns),
    );
    lines.push({ ...line, links });
  }
  await pair.world.ask("import", { count: links });
  await pair.world.ask("typeahead", { times: warmUps });
  const typeahead = await measured(
    "organizations.typeahead",
    () => pair.subject.ask("usage"),
    () => pair.world.ask("typeahead", { times: turns }),
  );
  lines.push({ ...typeahead, organizations: 2 * links });
  lines.push({ name: "tenants.memory", links, peakMb: Math.round((await pair.subject.ask("usage")).peakMb) });
  await pair.close();
  return lines;
}

/** What was used once nothing is under way any more. */
async function settledUsage(pair: BenchPair): Promise<Usage> {
  await pair.subject.ask("work");
  return await pair.subject.ask("usage");
}

async function measured(
  name: string,
  used: () => Promise<Usage>,
  work: () => Promise<readonly number[]>,
): Promise<BenchLine> {
  const before = await used();
  const latencies = await work();
  const after = await used();
  return {
    name,
    turns: latencies.length,
    p50Ms: rounded(quantile(latencies, 0.5)),
    p95Ms: rounded(quantile(latencies, 0.95)),
    cpuMsPerTurn: rounded((after.cpuMs - before.cpuMs) / latencies.length),
  };
}
