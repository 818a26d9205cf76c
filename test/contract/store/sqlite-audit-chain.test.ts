import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, B } from "./store-samples.ts";

const TRIGGERS = ["audit_is_not_changed", "audit_is_not_deleted", "audit_heads_go_on", "audit_heads_stay"];

/** Each breaks the chain "2026-11/" of ten rows by hand, as somebody with the file could; and what must be found. */
const BREAKS: readonly { what: string; sql: string; fault: string; sequence: number }[] = [
  {
    what: "a row's words are altered",
    sql: `UPDATE audit SET body = replace(body, '"Target 4"', '"Nothing"') WHERE sequence = 4`,
    fault: "altered",
    sequence: 4,
  },
  {
    what: "a row can't be read any more",
    sql: "UPDATE audit SET body = '{' WHERE sequence = 5",
    fault: "altered",
    sequence: 5,
  },
  {
    what: "a row holds nothing",
    sql: "UPDATE audit SET body = 'null' WHERE sequence = 5",
    fault: "altered",
    sequence: 5,
  },
  {
    what: "what a row is found by is altered",
    sql: "UPDATE audit SET at = '2020-01-01' WHERE sequence = 6",
    fault: "altered",
    sequence: 6,
  },
  {
    what: "a row is hidden from a filter",
    sql: "UPDATE audit SET actor_key = 'robin' WHERE sequence = 6",
    fault: "altered",
    sequence: 6,
  },
  { what: "a hash is altered", sql: "UPDATE audit SET hash = 'ff' WHERE sequence = 2", fault: "altered", sequence: 2 },
  { what: "a row is gone", sql: "DELETE FROM audit WHERE sequence = 3", fault: "missing", sequence: 4 },
  { what: "the first row is gone", sql: "DELETE FROM audit WHERE sequence = 1", fault: "missing", sequence: 2 },
  { what: "the last rows are gone", sql: "DELETE FROM audit WHERE sequence >= 9", fault: "headAhead", sequence: 9 },
  { what: "all rows are gone", sql: "DELETE FROM audit", fault: "headAhead", sequence: 1 },
  {
    what: "two rows have changed places",
    sql: `UPDATE audit SET sequence = 100 WHERE sequence = 7;
      UPDATE audit SET sequence = 7 WHERE sequence = 8; UPDATE audit SET sequence = 8 WHERE sequence = 100`,
    fault: "altered",
    sequence: 7,
  },
  {
    what: "a row is given to another account",
    sql: `UPDATE audit SET account_id = '${B}' WHERE sequence = 3`,
    fault: "missing",
    sequence: 4,
  },
  {
    what: "a row is put into another month",
    sql: "UPDATE audit SET chain = '2026-12/' WHERE sequence = 10",
    fault: "headAhead",
    sequence: 10,
  },
  { what: "the head is gone", sql: "DELETE FROM audit_heads", fault: "headBehind", sequence: 10 },
  { what: "the head is set back", sql: "UPDATE audit_heads SET sequence = 8", fault: "headBehind", sequence: 10 },
  { what: "the head says another end", sql: "UPDATE audit_heads SET hash = 'ff'", fault: "order", sequence: 10 },
];

describe("an audit log that somebody changed in the SQLite file", () => {
  let folder = "";
  let stores: Stores;
  let file: DatabaseSync;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-chain-"));
    const path = join(folder, "watchdesk.db");
    stores = await openSqliteStores({ path, clock: movedClock() });
    for (let place = 1; place <= 10; place += 1) await stores.audit.append([auditRow({ target: `Target ${place}` })]);
    file = new DatabaseSync(path);
  });
  afterEach(async () => {
    file.close();
    await stores.close();
    await rm(folder, { recursive: true, force: true });
  });
  const verify = () => verifyAudit({ audit: stores.audit }, { accountId: A });

  it("holds before anybody touches it", async () => {
    expect(await verify()).toEqual({ rowsThatHold: 10, chainsThatHold: 1, brokenChains: 0, firstBreak: null });
  });

  it.each(BREAKS)("is found: $what", async ({ sql, fault, sequence }) => {
    for (const trigger of TRIGGERS) file.exec(`DROP TRIGGER ${trigger}`);
    file.exec(sql);
    const { firstBreak, rowsThatHold } = await verify();
    expect(firstBreak).toMatchObject({ chain: "2026-11/", fault, sequence });
    expect(rowsThatHold).toBeLessThanOrEqual(10);
  });

  it("is found where a row was put in from elsewhere, sound in itself", async () => {
    for (const trigger of TRIGGERS) file.exec(`DROP TRIGGER ${trigger}`);
    const second = await openSqliteStores({ path: join(folder, "other.db"), clock: movedClock() });
    for (const target of ["a", "b", "c"]) await second.audit.append([auditRow({ target })]);
    await second.close();
    file.exec(`ATTACH '${join(folder, "other.db")}' AS other; DELETE FROM audit WHERE sequence = 3;
      INSERT INTO audit SELECT 99, account_id, row_id, tenant_id, at, chain, sequence, target, target_key, verb_key,
        actor_key, actor_id, previous_hash, hash, body FROM other.audit WHERE sequence = 3`);
    const { firstBreak } = await verify();
    expect(firstBreak).toMatchObject({ fault: "order", sequence: 3, row: { target: "c" } });
  });

  it("goes on behind the first break, and counts what is broken", async () => {
    await stores.audit.append([
      auditRow({ tenantId: "t1", verb: "alert.resolve" }),
      auditRow({ tenantId: "t2", verb: "alert.resolve" }),
      auditRow({ tenantId: "t2", verb: "alert.resolve" }),
    ]);
    for (const trigger of TRIGGERS) file.exec(`DROP TRIGGER ${trigger}`);
    file.exec("DELETE FROM audit WHERE tenant_id IS NULL AND sequence = 4; DELETE FROM audit WHERE tenant_id = 't1'");
    const { firstBreak, ...counts } = await verify();
    expect(firstBreak).toMatchObject({ chain: "2026-11/", fault: "missing", sequence: 5 });
    expect(counts).toEqual({ rowsThatHold: 3 + 2, chainsThatHold: 1, brokenChains: 2 });
  });

  it("can't be changed as long as the triggers stand, its heads neither", () => {
    expect(() => file.exec("UPDATE audit SET hash = 'x'")).toThrow("audit rows are not changed");
    expect(() => file.exec("UPDATE audit_heads SET sequence = 1")).toThrow("audit heads only go on");
    expect(() => file.exec("DELETE FROM audit_heads")).toThrow("audit heads are not deleted");
  });
});
