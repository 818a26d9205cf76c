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
 * its reply in the chat. The bot has thousands of links, so that the tenants console has something to count.
 */
export async function benchTurns(size: TurnSize): Promise<readonly BenchLine[]> {
  const { links } = size;
  const pair = await startPair({ subject: "bench-bot.ts", quietTenants: links });
  const lines = [
    await echoed(pair, size),
    await said(pair, size, { name: "turn.help", text: "help" }),
    await claimed(pair, size),
    { ...(await said(pair, size, { name: "tenants", text: "tenants" })), links },
    {
      ...(await said(pair, size, { name: "tenants.search", text: `tenants customer-${links - 1}.example` })),
      links,
    },
    { ...(await typedAhead(pair, size)), organizations: 2 * links },
    { name: "turn.memory", links, peakMb: Math.round((await pair.subject.ask("usage")).peakMb) },
  ];
  await pair.close();
  return lines;
}

/** The search of the organization picker, over as many organizations with a tenant as without one. */
async function typedAhead(pair: BenchPair, { turns, warmUps, links }: TurnSize): Promise<BenchLine> {
  await pair.world.ask("import", { count: links });
  await pair.world.ask("typeahead", { times: warmUps });
  return await measured(
    "organizations.typeahead",
    () => pair.subject.ask("usage"),
    () => pair.world.ask("typeahead", { times: turns }),
  );
}

/** What any turn costs: a body over HTTP to a bare server and back. */
async function echoed(pair: BenchPair, { turns, warmUps }: TurnSize): Promise<BenchLine> {
  const echo = startChild<BenchEcho>("./bench-echo.ts");
  const { url } = await echo.ask("start");
  await pair.world.ask("echo", { url, times: warmUps });
  const line = await measured(
    "turn.echo",
    () => echo.ask("usage"),
    () => pair.world.ask("echo", { url, times: turns }),
  );
  await echo.end();
  return line;
}

async function said(
  pair: BenchPair,
  { turns, warmUps }: TurnSize,
  { name, text }: { name: string; text: string },
): Promise<BenchLine> {
  const say = (times: number) => pair.world.ask("say", { text, times });
  await say(warmUps);
  return await measured(
    name,
    () => pair.subject.ask("usage"),
    () => say(turns),
  );
}

/** A claim writes twice to Graph before it answers; its CPU includes the edit of the card after it. */
async function claimed(pair: BenchPair, { clicks, warmUps }: TurnSize): Promise<BenchLine> {
  await pair.pass(60_000);
  await pair.round(clicks + warmUps);
  await pair.world.ask("claim", { times: warmUps });
  return await measured(
    "turn.claim",
    () => settledUsage(pair),
    () => pair.world.ask("claim", { times: clicks }),
  );
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
