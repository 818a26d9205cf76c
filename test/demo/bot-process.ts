import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const START_MILLISECONDS = 20_000;
const STOP_MILLISECONDS = 5_000;
const TAIL = 4_000;

export interface BotProcess {
  /** Resolves when the process ends without having been told to, with a sentence and its last words. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the bot as `npm start` does, with exactly these settings, and waits until it is able to work. */
export async function startBotProcess(settings: Readonly<Record<string, string>>, url: string): Promise<BotProcess> {
  const main = fileURLToPath(new URL("../../bot/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], {
    // A group of its own: Ctrl-C reaches the demo alone, which then ends things in order.
    detached: true,
    env: { PATH: process.env.PATH, TZ: process.env.TZ, ...settings },
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = `${output}${text}`.slice(-TAIL);
    });
  }
  const end = (signal: "SIGTERM" | "SIGKILL") => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group has already ended.
    }
  };
  const endWithParent = () => end("SIGKILL");
  // Before others clear away what the process uses.
  process.prependOnceListener("exit", endWithParent);

  let stopping = false;
  const ended = once(child, "close").then(() => process.removeListener("exit", endWithParent));
  const died = ended.then(() => {
    if (stopping) return new Promise<string>(() => undefined);
    const how = child.exitCode === null ? `by ${child.signalCode}` : `with exit code ${child.exitCode}`;
    return `The bot ended ${how}. Its last words:\n${output.trim() || "(none)"}`;
  });

  async function stop(): Promise<void> {
    stopping = true;
    end("SIGTERM");
    const hard = setTimeout(() => end("SIGKILL"), STOP_MILLISECONDS);
    await ended;
    clearTimeout(hard);
  }

  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (await isReady(url)) return { died, stop };
    await pause(50);
  }
  if (child.exitCode !== null || child.signalCode !== null) throw new Error(await died);
  await stop();
  throw new Error(`The bot was not ready within ${START_MILLISECONDS / 1000} s. Its last words:\n${output.trim()}`);
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}
