import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { PlantedFault } from "./planted-fault.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

/** Should a fault keep a test from ending. */
const ENDED_AFTER_MS = 170_000;

const testSchema = z.object({
  title: z.string(),
  /** Of tests that were not asked for: skipped. */
  status: z.enum(["passed", "failed", "skipped", "pending"]),
  failureMessages: z.array(z.string()),
});
type Test = z.infer<typeof testSchema>;
const reportSchema = z.object({ testResults: z.array(z.object({ assertionResults: z.array(testSchema) })) });

/** What became of a test: it passed, an assertion of it failed, or it ended by another error, such as a timeout. */
export type Outcome = "passed" | "failed" | "broke off";

/** Runs the tests of the contract with these titles on stores with the fault, in a process of their own. */
export async function contractUnder(
  fault: PlantedFault,
  titles: readonly string[],
): Promise<readonly (readonly [title: string, outcome: Outcome])[]> {
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-fault-"));
  try {
    const report = join(folder, "report.json");
    await run(fault, [
      "--reporter=json",
      `--outputFile=${report}`,
      // Any character for each that a pattern could take for more than itself; the titles are compared below.
      `--testNamePattern=(${titles.map((title) => title.replaceAll(/\W/g, ".")).join("|")})$`,
    ]);
    const { testResults } = reportSchema.parse(JSON.parse(await readFile(report, "utf8")));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    return tests.filter(({ title }) => titles.includes(title)).map((test) => [test.title, outcomeOf(test)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(fault: PlantedFault, args: readonly string[]): Promise<void> {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  // What this run of vitest tells its own workers is not meant for the other.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
  const running = spawn(process.execPath, [vitest, "run", "--config", "vitest.faults.config.ts", ...args], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), PLANTED_FAULT: fault },
    stdio: "ignore",
    timeout: ENDED_AFTER_MS,
  });
  await once(running, "exit");
}

function outcomeOf({ status, failureMessages }: Test): Outcome {
  if (status === "passed") return "passed";
  const noticed = failureMessages.length > 0 && failureMessages.every((text) => text.startsWith("AssertionError"));
  return noticed ? "failed" : "broke off";
}
