import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { House } from "./house.ts";

/** What the bot's process says of itself. */
export interface Told {
  readonly level: "ready" | "idle" | "error" | "warn";
  readonly sentence?: string;
  readonly fields?: string;
}

/** At which write of the store the process is killed: in the moment before it is done, or when it is done and not answered. */
export interface KillPoint {
  readonly nth: number;
  readonly when: "before" | "after";
}

/** The house's bot as a process of its own, which can be killed; its clock is the house's. */
export interface BotChild {
  /** Starts it, again after a kill. */
  boot(): Promise<void>;
  kill(): Promise<void>;
  /** From now on it is killed there; null: nowhere. */
  killAt(point: KillPoint | null): void;
  isAlive(): boolean;
  /** Moves the clock on and waits until the bot has done what is due, or was killed. */
  pass(milliseconds: number): Promise<void>;
  /** Shows it the house's clock, without waiting for anything. */
  tick(): void;
}

const CHILD = join(import.meta.dirname, "bot-process.ts");
const KILLER = new URL("./kill-at-commit.ts", import.meta.url).href;

/** `hear` gets whatever it says. The house's own bot has to be stopped. */
export function botChild(house: House, hear: (told: Told) => void): BotChild {
  let bot: ChildProcess | null = null;
  let gone: Promise<unknown> = Promise.resolve();
  /** Resolves when it says so, or is gone. */
  const said = async (level: Told["level"]) => {
    const speaker = bot;
    const told = new Promise<void>((resolve) => {
      const listen = (heard: Told) => {
        if (heard.level !== level) return;
        speaker?.off("message", listen);
        resolve();
      };
      speaker?.on("message", listen);
    });
    await Promise.race([told, gone]);
  };
  // Whoever is killed in this very moment hears nothing any more.
  const send = (order: object) => void bot?.send(order, () => undefined);
  const tick = () => send({ offset: house.now().getTime() - Date.now() });

  return {
    boot: async () => {
      bot = fork(CHILD, { execPath: process.execPath, execArgv: ["--import", KILLER] });
      gone = once(bot, "exit").then(() => {
        bot = null;
      });
      bot.on("message", hear);
      const ready = said("ready");
      send({ settings: house.settings });
      await ready;
      if (bot === null) throw new Error("The bot did not start.");
    },
    kill: async () => {
      bot?.kill("SIGKILL");
      await gone;
    },
    killAt: (point) => {
      const { cosmos } = house.store;
      if (cosmos === null) send({ killAtCommit: point?.nth ?? 0, when: point?.when ?? "before" });
      else if (point === null) cosmos.faults.clear();
      else {
        cosmos.faults.next(point.when === "before" ? "resetBefore" : "resetAfter", {
          operation: "batch",
          after: point.nth - 1,
          met: () => void bot?.kill("SIGKILL"),
        });
      }
    },
    isAlive: () => bot?.connected === true,
    pass: async (milliseconds) => {
      await house.pass(milliseconds);
      const idle = said("idle");
      tick();
      await idle;
    },
    tick,
  };
}
