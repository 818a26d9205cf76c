import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const READY_MILLISECONDS = 30_000;

export interface RunningDemo {
  readonly child: ChildProcess;
  readonly playgroundUrl: string;
  readonly controlUrl: string;
  /** From the start of its process until it said what to open. */
  readonly readyAfterMs: number;
  /** Where it makes its temporary folder, and nobody else anything; the caller removes it at last. */
  readonly folder: string;
  /** Resolves when all that writes for it has ended: the exit code, or the signal's name where there is none. */
  readonly ended: Promise<number | string>;
  /** All that it has written so far. */
  output(): string;
  /** Sends the signal, if it still runs, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** What npm puts between itself and a script. */
const SHELL = ["sh", "-c", '"$0" "$1"; exit $?'] as const;

/** Runs the demo, as npm would if asked for, and waits until it is ready; fails with its output after 30 s. */
export async function runDemo(options: { underShell?: boolean } = {}): Promise<RunningDemo> {
  const began = Date.now();
  const script = fileURLToPath(new URL("demo.ts", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "watchdesk-run-"));
  const env = { ...process.env, TMPDIR: folder, npm_lifecycle_event: options.underShell === true ? "demo" : "test" };
  const [command, ...words] = [...(options.underShell === true ? SHELL : []), process.execPath, script];
  const child = spawn(command ?? "", words, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = once(child, "close").then(() => child.exitCode ?? child.signalCode ?? "unknown");
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
    return await ended;
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
    folder,
    ended,
    output: () => output,
    end,
  };
}
