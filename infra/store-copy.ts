// Copies all that one store keeps into the other: npm run store:copy -- --from sqlite --to cosmos
import { resolve } from "node:path";
import { stderr, stdout } from "node:process";
import { readEnvironment } from "../services/config/environment.ts";
import { loadStoreCopySettings, type StoreCopySettings } from "../services/config/store-settings.ts";
import { systemClock } from "../services/config/system.ts";
import { Breakdown } from "../services/domain/breakdown.ts";
import { DAY } from "../services/domain/instant.ts";
import { KEPT_KINDS } from "../services/domain/kept-record.ts";
import type { CopyTarget } from "../services/ports/store-copy.ts";
import { connectCosmos } from "../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../services/store/cosmos/cosmos-container.ts";
import { cosmosCopy } from "../services/store/cosmos/cosmos-copy.ts";
import { openSchema } from "../services/store/cosmos/schema-version.ts";
import { openSqliteCopy } from "../services/store/sqlite/open-sqlite-copy.ts";
import { type CopyOutcome, copyStore } from "../services/store-copy/copy-store.ts";
import { type CopyDirection, readCopyArguments } from "./copy-arguments.ts";
import { copyProgress } from "./copy-progress.ts";

/** Records at a time: a few megabytes of alerts. */
const PAGE = 500;

const direction = readCopyArguments(process.argv.slice(2));
if (typeof direction === "string") fail([direction]);
const loaded = loadStoreCopySettings(readEnvironment());
if (loaded.kind === "problems") fail(loaded.problems);
try {
  process.exitCode = await carryOut(direction, loaded.settings);
} catch (cause) {
  if (!(cause instanceof Breakdown)) throw cause;
  const detail = cause.detail === null ? "" : ` (${cause.detail})`;
  fail([`${cause.message}${detail}`, "What is copied so far stays: start the copy again, and it goes on from there."]);
}

async function carryOut({ from, to }: CopyDirection, settings: StoreCopySettings): Promise<number> {
  const sqlite = openSqliteCopy({ path: settings.sqlitePath, mustExist: from === "sqlite" });
  const cosmos = await openCosmosCopy(settings);
  const sides = {
    sqlite: { store: sqlite.store, name: `SQLite (${resolve(settings.sqlitePath)})` },
    cosmos: { store: cosmos.store, name: `Cosmos DB (${settings.cosmos.endpoint}, ${settings.cosmos.database})` },
  };
  try {
    const [source, target] = [sides[from], sides[to]];
    if (await cosmos.store.isInUse()) {
      fail(["Watchdesk was at work in Cosmos DB within the last two minutes: stop it, and copy two minutes later."]);
    }
    stdout.write(`Copying ${source.name} to ${target.name}. Keep Watchdesk stopped until it is done.\n`);
    const progress = copyProgress(stdout);
    const deps = { source: source.store, target: target.store, report: progress.report, pageSize: PAGE };
    const outcome = await copyStore(deps, { from: source.name }).finally(progress.end);
    return told(outcome, { source: source.name, target: target.name, to });
  } finally {
    cosmos.close();
    await sqlite.close();
  }
}

async function openCosmosCopy({
  cosmos,
  retentionDays,
}: StoreCopySettings): Promise<{ store: CopyTarget; close(): void }> {
  const connection = connectCosmos({ ...cosmos, key: cosmos.key?.reveal() ?? null });
  const container = cosmosContainer(connection.container, { storeCharge: () => undefined });
  await openSchema(container);
  const store = cosmosCopy({ container, clock: systemClock, retentionMs: retentionDays * DAY });
  return { store, close: () => connection.close() };
}

/** Says how it ended; gives the exit code. */
function told(outcome: CopyOutcome, names: { source: string; target: string; to: CopyDirection["to"] }): number {
  switch (outcome.kind) {
    case "copied": {
      const counts = [...outcome.counts].map(([kind, count]) => `${KEPT_KINDS[kind]}: ${count.toLocaleString("en")}`);
      stdout.write(`${lines(counts)}Both hold the same. Set STORE=${names.to} and start Watchdesk.\n`);
      return 0;
    }
    case "notEmpty":
      return failed([`${names.target} is not empty, and holds no copy that was broken off: copy into an empty one.`]);
    case "otherCopy":
      return failed([
        `${names.target} holds part of a copy of ${outcome.from}: finish that copy, or copy into an empty one.`,
      ]);
    case "sourceNotWhole":
      return failed([`${names.source} holds only part of a copy of ${outcome.from}: finish that copy first.`]);
    case "different":
      return failed([
        ...outcome.differences.map(({ kind, inSource, inTarget }) =>
          inSource === inTarget
            ? `${KEPT_KINDS[kind]} differ: ${inSource} on both sides, but not the same.`
            : `${KEPT_KINDS[kind]} differ: ${inSource} in ${names.source}, ${inTarget} in ${names.target}.`,
        ),
        "Somebody wrote while it was copied, or between its parts. Empty the target, keep Watchdesk stopped, and copy again.",
      ]);
  }
}

function failed(sentences: readonly string[]): number {
  stderr.write(`The store is not copied:\n${lines(sentences)}`);
  return 1;
}

/** Ends at once: the client may still be trying by itself. */
function fail(sentences: readonly string[]): never {
  process.exit(failed(sentences));
}

function lines(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}\n`).join("");
}
