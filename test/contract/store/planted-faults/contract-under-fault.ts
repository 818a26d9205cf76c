import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { PlantedFault } from "./planted-fault.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

const testSchema = z.object({
  title: z.string(),
  status: z.enum(["passed", "failed"]),
  failureMessages: z.array(z.string()),
});
const reportSchema = z.object({ testResults: z.array(z.object({ assertionResults: z.array(testSchema) })) });

/** What became of a test: it passed, an assertion of it failed, or it broke off by another error, such as a timeout. */
export type Outcome = "passed" | "failed" | "broke off";

/** Runs the chosen parts of the contract on stores with this fault, in a process of their own: each test's outcome by its title. */
export async function contractUnder(fault: PlantedFault): Promise<ReadonlyMap<string, Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-fault-"));
  try {
    const report = join(folder, "report.json");
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const args = ["run", "--config", "vitest.faults.config.ts", "--reporter=json", `--outputFile=${report}`];
    // What this run of vitest tells its own workers is not meant for the other.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
    const run = spawn(process.execPath, [vitest, ...args], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), PLANTED_FAULT: fault },
      stdio: "ignore",
    });
    await once(run, "exit");
    const { testResults } = reportSchema.parse(JSON.parse(await readFile(report, "utf8")));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    return new Map(tests.map((test) => [test.title, outcomeOf(test)]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf({ status, failureMessages }: z.infer<typeof testSchema>): Outcome {
  if (status === "passed") return "passed";
  return failureMessages.every((message) => message.startsWith("AssertionError")) ? "failed" : "broke off";
}
