import { stderr } from "node:process";
import { readEnvironment } from "../services/config/environment.ts";
import { createPinoLog } from "../services/config/pino-log.ts";
import { loadSettings } from "../services/config/settings.ts";
import { systemClock, systemRandomness } from "../services/config/system.ts";
import { Breakdown } from "../services/domain/breakdown.ts";
import { compose } from "./compose.ts";

const outcome = loadSettings(readEnvironment());
if (outcome.kind === "problems") refuse(outcome.problems);
const { settings } = outcome;
const log = createPinoLog({ clock: systemClock }, { level: settings.logLevel });
const app = await compose({ settings, clock: systemClock, randomness: systemRandomness, log }, { ticking: true }).catch(
  (cause: unknown) => {
    if (cause instanceof Breakdown) refuse([cause.message]);
    throw cause;
  },
);
log.info("Watchdesk is ready.", { port: app.port });

let stopping = false;
const stop = async (signal: string) => {
  if (stopping) return;
  stopping = true;
  log.info("Watchdesk stops.", { signal });
  await app.stop();
  process.exit(0);
};
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

function refuse(problems: readonly string[]): never {
  stderr.write(`Watchdesk does not start:\n${problems.map((problem) => `- ${problem}\n`).join("")}`);
  process.exit(1);
}
