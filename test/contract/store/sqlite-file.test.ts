import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, link, organization, sync } from "./store-samples.ts";

describe("the SQLite file", () => {
  let folder = "";
  let path = "";
  const open: Stores[] = [];
  const connect = async (): Promise<Stores> => {
    const stores = await openSqliteStores({ path, clock: movedClock() });
    open.push(stores);
    return stores;
  };
  /** What opening or writing failed with. */
  const failure = async (work: Promise<unknown>): Promise<Breakdown> => {
    const error = await work.then(
      () => null,
      (cause: unknown) => cause,
    );
    if (!(error instanceof Breakdown)) {
      throw new Error(`Expected a Breakdown, not ${String(error)}`);
    }
    return error;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-file-"));
    path = join(folder, "deep", "er", "watchdesk.db");
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((stores) => stores.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it("is made with its folder, for its owner only", async () => {
    await connect();
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, "deep"))).mode & 0o077).toBe(0);
  });

  it("is opened again as it is, by two at once", async () => {
    const first = await connect();
    await first.organizations.add(organization());
    const second = await connect();
    expect(await second.organizations.count(A)).toBe(1);
  });

  it("is refused with a sentence when a newer version wrote it, and stays untouched", async () => {
    await (await connect()).close();
    const file = new DatabaseSync(path);
    file.exec("PRAGMA user_version = 99");
    const error = await failure(connect());
    expect(error.code).toBe("store-unavailable");
    expect(error.message).toMatch(/was written by a newer version \(schema 99; .+ up to 1\)\. Start that version/);
    expect(file.prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
    file.close();
  });

  it("is refused when it is no database, or its folder cannot be made", async () => {
    path = join(folder, "text.db");
    await writeFile(path, "this is not a database, however long one looks at it".repeat(200));
    expect(await failure(connect())).toMatchObject({ code: "store-unavailable", retryable: false });
    expect((await failure(connect())).cause).toBeInstanceOf(Error);
    path = join(folder, "text.db", "below", "watchdesk.db");
    expect((await failure(connect())).code).toBe("store-unavailable");
  });

  it("locked by somebody else, a write says so and may be tried again; reads go on", async () => {
    const stores = await connect();
    await stores.organizations.add(organization());
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(await failure(stores.check())).toMatchObject({ code: "store-unavailable", retryable: true });
    const refused = organization();
    expect((await failure(stores.organizations.add(refused))).code).toBe("store-unavailable");
    expect(await stores.organizations.count(A)).toBe(1);
    other.exec("ROLLBACK");
    other.close();
    expect(await stores.organizations.get(A, refused.id)).toBeNull();
    expect(await stores.organizations.add(refused)).toEqual({ kind: "added" });
  });

  it("breaking off in the middle of a write, nothing of that write is kept", async () => {
    const stores = await connect();
    const customer = organization();
    await stores.organizations.add(customer);
    const file = new DatabaseSync(path);
    file.exec("ALTER TABLE audit RENAME TO audit_gone");
    file.close();
    const item = link({ organizationId: customer.id });
    const attempt = stores.links.create({ link: item, sync: sync(item), audit: auditRow() });
    expect((await failure(attempt)).code).toBe("store-unavailable");
    expect(await stores.links.findByTenant(item.tenantId)).toBeNull();
    expect(await stores.syncs.get(item)).toBeNull();
  });

  it("damaged, it says so instead of answering", async () => {
    await (await connect()).close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xa5, 4096));
    const use = async () => (await connect()).organizations.list({ accountId: A, offset: 0, limit: 9 });
    expect(await failure(use())).toMatchObject({ code: "store-unavailable", retryable: false });
  });

  it("keeps audit rows from being changed or deleted", async () => {
    const stores = await connect();
    const row = auditRow();
    await stores.audit.append([row]);
    const file = new DatabaseSync(path);
    expect(() => file.exec("UPDATE audit SET target = 'x'")).toThrow("audit rows are not changed");
    expect(() => file.exec("DELETE FROM audit")).toThrow("audit rows are not deleted");
    file.close();
    expect(await stores.audit.list({ accountId: A, limit: 9 })).toEqual([row]);
  });

  it("deletes ended ephemeral values with later writes", async () => {
    const clock = movedClock();
    const stores = await openSqliteStores({ path, clock });
    open.push(stores);
    const endsAt = clock.now();
    clock.advance(-1);
    for (const key of ["a", "b", "c"]) {
      await stores.ephemeral.put({ key, value: key, etag: null, endsAt });
    }
    clock.advance(1);
    await stores.ephemeral.put({ key: "d", value: "d", etag: null, endsAt: "2027-01-01T00:00:00.000Z" });
    const file = new DatabaseSync(path);
    expect(file.prepare("SELECT key FROM ephemerals").all()).toEqual([{ key: "d" }]);
    file.close();
  });
});
