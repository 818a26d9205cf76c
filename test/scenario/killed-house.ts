import type { Person } from "../sandbox/teams/teams-types.ts";
import { type BotChild, botChild, type KillPoint } from "./bot-child.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Each write is met once in `npm test`, in turn before and after it is done; with KILLS=all each in both ways. */
const BOTH = process.env.KILLS === "all";
/** No journey has as many writes. */
const MOST = 80;

/** What is looked at while the bot is dead, and what has to have come about once it is there again. */
interface Walk {
  readonly afterKill?: () => Promise<void>;
  readonly recovered: () => Promise<void>;
}

/** A house whose bot is a process of its own, with Contoso Dental connected. */
export interface KilledHouse {
  readonly house: House;
  readonly admin: Person;
  readonly tenantId: string;
  readonly bot: BotChild;
  /** The errors that the bot logged. */
  readonly errors: string[];
  /**
   * Walks the journey again and again, killed at one write after another, until it has no write at which it was not; gives how
   * often it was killed, and how often walked.
   */
  atEachWrite(journey: (point: KillPoint) => Promise<Walk>): Promise<{ kills: number; walks: number }>;
  /** Moves the clock until `reached`; fails by name after an hour of it. */
  until(what: string, reached: () => Promise<boolean> | boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openKilledHouse(): Promise<KilledHouse> {
  const house = await openHouse();
  const admin = await adminOf(house);
  const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
  await house.stopBot();
  const errors: string[] = [];
  const bot = botChild(house, ({ level, sentence, fields }) => {
    if (level === "error") errors.push(`${sentence} ${fields}`);
  });
  await bot.boot();
  return {
    house,
    admin,
    tenantId,
    bot,
    errors,
    atEachWrite: (journey) => atEachWrite(bot, journey),
    until: async (what, reached) => {
      for (let step = 0; step < 70; step += 1) {
        if (await reached()) return;
        await bot.pass(step < 10 ? 5 * SECOND : MINUTE);
      }
      throw new Error(`${what} did not come about.`);
    },
    close: async () => {
      await bot.kill();
      await house.close();
    },
  };
}

async function atEachWrite(
  bot: BotChild,
  journey: (point: KillPoint) => Promise<Walk>,
): Promise<{ kills: number; walks: number }> {
  let kills = 0;
  let walks = 0;
  let untouched = 0;
  for (const point of killPoints()) {
    const { afterKill, recovered } = await journey(point);
    const wasKilled = !bot.isAlive();
    if (wasKilled) await bot.kill();
    bot.killAt(null);
    walks += 1;
    if (wasKilled) {
      kills += 1;
      await afterKill?.();
      await bot.boot();
    }
    await recovered();
    untouched = wasKilled ? 0 : untouched + 1;
    if (untouched === (BOTH ? 2 : 1)) break;
  }
  if (BOTH) process.stdout.write(`Killed at ${kills} points.\n`);
  return { kills, walks };
}

/** The moments in which the process is killed, in the order of the writes. */
function* killPoints(): Generator<KillPoint> {
  for (let nth = 1; nth <= MOST; nth += 1) {
    if (BOTH || nth % 2 === 1) yield { nth, when: "before" };
    if (BOTH || nth % 2 === 0) yield { nth, when: "after" };
  }
  throw new Error("The journey was killed at each of its writes, and still has more.");
}
