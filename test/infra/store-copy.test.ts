import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCosmos } from "../../bot/open-cosmos.ts";
import { verifyAudit } from "../../services/audit/verify-audit.ts";
import { loadCosmosSetting } from "../../services/config/store-settings.ts";
import { systemClock } from "../../services/config/system.ts";
import { DAY } from "../../services/domain/instant.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { type FullStore, fillStore } from "../contract/store/full-store.ts";
import { seenInStore } from "../contract/store/seen-in-store.ts";
import { A, at, record } from "../contract/store/store-samples.ts";
import { type ChosenStore, chooseStore } from "../sandbox/chosen-store.ts";

const SCRIPT = resolve(import.meta.dirname, "../../infra/store-copy.ts");
const TO_COSMOS = ["--from", "sqlite", "--to", "cosmos"];
const TO_SQLITE = ["--from", "cosmos", "--to", "sqlite"];
const MANY = 4_000;

describe("npm run store:copy", () => {
  let folder = "";
  let cosmos: ChosenStore;
  let full: FullStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-copy-"));
    cosmos = await chooseStore("cosmos", { folder, accountIds: [A] });
    full = await inSqlite("source", fillStore);
  });
  afterEach(async () => {
    await cosmos.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => join(folder, `${name}.db`);
  async function inSqlite<Result>(
    name: string,
    work: (stores: Awaited<ReturnType<typeof openSqliteStores>>) => Promise<Result>,
  ): Promise<Result> {
    const stores = await openSqliteStores({ path: file(name), clock: systemClock });
    const result = await work(stores);
    await stores.close();
    return result;
  }
  /** Starts the script in a folder without an .env file. */
  function start(args: readonly string[], database: string, more: Record<string, string> = {}) {
    const env = { ...cosmos.settings, SQLITE_PATH: file(database), ...more };
    return spawn(process.execPath, [SCRIPT, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  }
  /** Opens the store as the bot does when it starts. */
  async function startOnCosmos() {
    const loaded = loadCosmosSetting(cosmos.settings);
    if (loaded.kind === "problems") throw new Error(loaded.problems.join("\n"));
    const metrics = { storeCharge: () => undefined };
    const deps = { store: loaded.setting, accountIds: [A], retentionMs: 180 * DAY, clock: systemClock, metrics };
    return await openCosmos(deps);
  }
  async function run(...started: Parameters<typeof start>) {
    const child = start(...started);
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    return { code, out, err };
  }

  it("copies there and back, and goes on where it was killed", async () => {
    const [scope] = full.linked;
    if (scope === undefined) throw new Error("The sample links nobody.");
    await inSqlite("source", async (stores) => {
      for (let from = 0; from < MANY; from += 500) {
        const records = Array.from({ length: 500 }, (_, place) => ({
          record: record(scope, { id: `alert-${from + place}`, createdAt: at(60) }),
          etag: null,
        }));
        await stores.alerts.storePage({ scope, records });
      }
    });
    const before = await inSqlite("source", (stores) => seenInStore(stores, full));

    const killed = start(TO_COSMOS, "source");
    const exited = once(killed, "exit");
    let out = "";
    for await (const chunk of killed.stdout) {
      out += String(chunk);
      if (/copied (500|1,000|1,500) of 4,072 alerts/.test(out)) killed.kill("SIGKILL");
    }
    expect((await exited)[1]).toBe("SIGKILL");
    expect(out).not.toContain("compared");
    await expect(startOnCosmos()).rejects.toThrow(
      /A copy of SQLite .* is not finished: run `npm run store:copy` again/,
    );

    const again = await run(TO_COSMOS, "source");
    expect([again.code, again.err]).toEqual([0, ""]);
    expect(again.out).not.toMatch(/copied .* organizations/);
    expect(again.out).toContain("- alerts: 4,072\n");
    expect(again.out).toContain("Both hold the same. Set STORE=cosmos and start Watchdesk.\n");
    await (await startOnCosmos()).close();

    const back = await run(TO_SQLITE, "back");
    expect([back.code, back.err]).toEqual([0, ""]);
    const after = await inSqlite("back", (stores) => seenInStore(stores, full));
    expect(after).toEqual(before);
    const verdict = await inSqlite("back", (stores) => verifyAudit({ audit: stores.audit }, { accountId: A }));
    expect(verdict).toMatchObject({ brokenChains: 0, firstBreak: null });
  }, 60_000);

  it("refuses a store that is not empty, and one that somebody is at work in", async () => {
    const stores = await openSqliteStores({ path: file("source"), clock: systemClock });
    const busy = await run(TO_COSMOS, "source");
    expect([busy.code, busy.err]).toEqual([1, expect.stringMatching(/- Somebody is at work in .*: stop Watchdesk/)]);
    await stores.close();

    const bot = await cosmos.open(systemClock);
    await bot.organizations.add({ accountId: A, id: "one", name: "One", createdAt: at(0) });
    const full = await run(TO_COSMOS, "source");
    expect([full.code, full.err]).toEqual([
      1,
      expect.stringMatching(/^The store is not copied:\n- .* is not empty, .*\n$/),
    ]);
    await bot.check();
    const atWork = await run(TO_COSMOS, "source");
    expect([atWork.code, atWork.err]).toEqual([1, expect.stringContaining("within the last two minutes: stop it")]);
    await bot.close();
  });

  it("says what is wrong with the arguments and the settings", async () => {
    const wrong: [readonly string[], string][] = [
      [[], "Which store is to be copied into which"],
      [["--from", "sqlite"], "Which store is to be copied into which"],
      [["--from", "sqlite", "--to", "redis"], "There is no store “redis”"],
      [["--from", "cosmos", "--to", "cosmos"], "A store cannot be copied into one of its kind"],
      [["--form", "sqlite"], "That was not understood"],
    ];
    for (const [args, sentence] of wrong) {
      const { code, err } = await run(args, "source");
      expect([code, err]).toEqual([1, expect.stringMatching(`^The store is not copied:\n- ${sentence}`)]);
    }
    const nowhere = await run(TO_COSMOS, "nowhere");
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining("There is no database at ")]);
    const unset = await run(TO_COSMOS, "source", { COSMOS_ENDPOINT: "", RETENTION_DAYS: "soon" });
    expect([unset.code, unset.err]).toEqual([
      1,
      expect.stringMatching(/- COSMOS_ENDPOINT is missing.*\n- RETENTION_DAYS/),
    ]);
  }, 30_000);
});
