import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { elapsed, MINUTE } from "../../../services/domain/instant.ts";
import type { TenantScope } from "../../../services/ports/stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "./opened-store.ts";
import { linked, START } from "./store-samples.ts";
import { ALERTS_PER_PAGE, alertIds, PAGES_PER_READ } from "./written-pages.ts";

const WRITER = fileURLToPath(new URL("./page-writer.ts", import.meta.url));

describe("SQLite under kill -9", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-kill-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts the writer and kills it as soon as it has acknowledged so many pages; gives those it acknowledged. */
  async function writeUntilKilled(path: string, scope: TenantScope, pages: number): Promise<readonly string[]> {
    const writer = spawn(process.execPath, [WRITER, path, scope.accountId, scope.tenantId], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(writer, "exit");
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === pages) {
        writer.kill("SIGKILL");
      }
    }
    expect((await exited)[1]).toBe("SIGKILL");
    return acknowledged;
  }

  it("loses no acknowledged page, keeps no half page, and has the watermark never ahead of its alerts (R2)", async () => {
    const path = join(folder, "watchdesk.db");
    const before = await openSqliteStores({ path, clock: movedClock() });
    const scope = await linked(before);
    await before.close();
    let readsDone = 0;

    for (const pages of [1, 2, 3, 4, 7, 11, 20, 38]) {
      const acknowledged = await writeUntilKilled(path, scope, pages);
      expect(acknowledged.length).toBeGreaterThanOrEqual(pages);
      const stores = await openSqliteStores({ path, clock: movedClock() });
      const held = async (read: number, page: number) =>
        (await stores.alerts.getMany(scope, alertIds(read, page))).length;
      const watermark = (await stores.syncs.get(scope))?.value.watermark ?? START;
      const lastRead = elapsed(START, watermark) / MINUTE;

      for (const line of acknowledged) {
        const [read = 0, page = 0] = line.split(" ").map(Number);
        expect(await held(read, page), line).toBe(ALERTS_PER_PAGE);
        expect(page === PAGES_PER_READ - 1 ? lastRead : read).toBeGreaterThanOrEqual(read);
      }
      for (let read = 1; read <= lastRead; read += 1) {
        for (let page = 0; page < PAGES_PER_READ; page += 1) {
          expect(await held(read, page), `read ${read}, page ${page}, watermark of read ${lastRead}`).toBe(
            ALERTS_PER_PAGE,
          );
        }
      }
      for (let page = 0; page < PAGES_PER_READ; page += 1) {
        expect([0, ALERTS_PER_PAGE]).toContain(await held(lastRead + 1, page));
      }
      expect(lastRead).toBeGreaterThanOrEqual(readsDone);
      readsDone = lastRead;
      await stores.close();
    }
    expect(readsDone).toBeGreaterThan(20);
  }, 60_000);
});
