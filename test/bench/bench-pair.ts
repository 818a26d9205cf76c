import type { BenchBot } from "./bench-bot.ts";
import type { BenchFloor } from "./bench-floor.ts";
import type { BenchWorld } from "./bench-world.ts";
import { type Child, startChild } from "./child.ts";
import type { Cost } from "./measure.ts";

/** What the bot and the floor can both be asked. */
type BenchSubject = BenchBot & BenchFloor;

/** One subject and a sandbox of its own, in two processes, with their clocks moved together. */
export interface BenchPair {
  readonly world: Child<BenchWorld>;
  readonly subject: Child<BenchSubject>;
  pass(milliseconds: number): Promise<void>;
  /** Lets alerts arrive and the subject show them; fails unless each of them has one card more. */
  round(alerts: number): Promise<Cost>;
  close(): Promise<void>;
}

export interface PairOptions {
  readonly subject: "bench-bot.ts" | "bench-floor.ts";
  readonly autoResolve?: boolean;
  readonly quietTenants?: number;
  /** For the subject's process, such as --cpu-prof. */
  readonly execArgv?: readonly string[];
}

export async function startPair(options: PairOptions): Promise<BenchPair> {
  const world = startChild<BenchWorld>("./bench-world.ts");
  const subject = startChild<BenchSubject>(`./${options.subject}`, options.execArgv);
  const { autoResolve = false, quietTenants = 0 } = options;
  const described = await world.ask("describe");
  const { botUrl } = await subject.ask("start", { ...described, autoResolve, quietTenants });
  if (botUrl !== null) await world.ask("connect", { botUrl });

  const pass = async (milliseconds: number) => {
    await world.ask("moveClock", { milliseconds });
    await subject.ask("moveClock", { milliseconds });
  };
  return {
    world,
    subject,
    pass,
    round: async (alerts) => {
      const before = await world.ask("seen");
      await world.ask("arrive", { count: alerts });
      const cost = await subject.ask("work");
      const after = await world.ask("seen");
      const cards = after.messages - before.messages;
      if (cards !== alerts) throw new Error(`${alerts} alerts gave ${cards} cards.`);
      return cost;
    },
    close: async () => {
      const [seen, used] = [await world.ask("seen"), await subject.ask("usage")];
      await subject.ask("stop");
      await Promise.all([subject.end(), world.end()]);
      if (seen.unknown.length > 0) throw new Error(`The sandbox does not know: ${seen.unknown.join(", ")}`);
      if (used.troubles > 0) throw new Error(`The bot logged ${used.troubles} warnings or errors.`);
    },
  };
}
