import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const READY_MILLISECONDS = 30_000;

export interface RunningDemo {
  readonly child: ChildProcess;
  readonly playgroundUrl: string;
  readonly controlUrl: string;
  /** From the start of its process until it said what to open. */
  readonly readyAfterMs: number;
  /** All that it has written so far. */
  output(): string;
  /** Sends the signal and waits for the end; gives back the exit code, or the signal's name where there is none. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** Runs the demo as `npm run demo` does and waits until it is ready; fails with its output after 30 s. */
export async function runDemo(): Promise<RunningDemo> {
  const began = Date.now();
  const script = fileURLToPath(new URL("demo.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = once(child, "close");
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("Ctrl-C ends everything")) resolve();
      });
    }
  });
  const killWithTest = () => child.kill("SIGTERM");
  process.once("exit", killWithTest);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), READY_MILLISECONDS);
  });
  const outcome = await Promise.race([ready.then(() => "ready"), ended.then(() => "ended"), tooLate]);
  clearTimeout(timer);
  const end = async (signal: NodeJS.Signals) => {
    process.removeListener("exit", killWithTest);
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    return child.exitCode ?? child.signalCode ?? "unknown";
  };
  if (outcome !== "ready") {
    await end("SIGTERM");
    throw new Error(`The demo was not ready within ${READY_MILLISECONDS / 1000} s (${outcome}). It said:\n${output}`);
  }
  const address = (label: string) => new RegExp(`${label}:\\s+(http://\\S+)`).exec(output)?.[1] ?? "";
  return {
    child,
    playgroundUrl: address("Open the Playground"),
    controlUrl: address("The control page"),
    readyAfterMs: Date.now() - began,
    output: () => output,
    end,
  };
}
