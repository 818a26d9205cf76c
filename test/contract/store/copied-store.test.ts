import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import { DAY } from "../../../services/domain/instant.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { cosmosCopy } from "../../../services/store/cosmos/cosmos-copy.ts";
import { openCosmosStores } from "../../../services/store/cosmos/open-cosmos-stores.ts";
import { openSqliteCopy } from "../../../services/store/sqlite/open-sqlite-copy.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { copyStore } from "../../../services/store-copy/copy-store.ts";
import { type FullStore, fillStore } from "./full-store.ts";
import { type OpenedContainer, openCosmosContainer } from "./open-cosmos-container.ts";
import { movedClock } from "./opened-store.ts";
import {
  A,
  at,
  auditRow,
  B,
  conversation,
  journey,
  link,
  move,
  organization,
  ROBIN,
  removal,
  sync,
} from "./store-samples.ts";

const retentionMs = 180 * DAY;

describe("a copied store goes on as the one that was copied", () => {
  const clock = movedClock();
  let folder = "";
  let cosmos: OpenedContainer;
  let full: FullStore;
  const file = (name: string) => join(folder, `${name}.db`);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-copied-"));
    cosmos = await openCosmosContainer();
    const stores = await openSqliteStores({ path: file("source"), clock });
    full = await fillStore(stores);
    await stores.close();
    const inCosmos = cosmosCopy({ container: cosmos.connect(), clock, retentionMs });
    const [source, back] = ["source", "back"].map((name) => openSqliteCopy({ path: file(name), mustExist: false }));
    if (source === undefined || back === undefined) throw new Error("Nothing was opened.");
    const shared = { report: () => undefined, pageSize: 10 };
    expect((await copyStore({ ...shared, source: source.store, target: inCosmos }, { from: "SQLite" })).kind).toBe(
      "copied",
    );
    expect((await copyStore({ ...shared, source: inCosmos, target: back.store }, { from: "Cosmos" })).kind).toBe(
      "copied",
    );
    await Promise.all([source.close(), back.close()]);
  });
  afterEach(async () => {
    await cosmos.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** The first of them shows that the copies are asked for no more than what they are copies of. */
  const copies: readonly [string, () => Promise<Stores>][] = [
    ["SQLite, which was copied", () => openSqliteStores({ path: file("source"), clock })],
    [
      "Cosmos DB",
      async () => openCosmosStores({ container: cosmos.connect(), clock, accountIds: [A, B], retentionMs }),
    ],
    ["SQLite again", () => openSqliteStores({ path: file("back"), clock })],
  ];

  describe.each(copies)("%s", (_name, open) => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());
    const scopeOf = (place: number) => {
      const scope = full.linked[place];
      if (scope === undefined) throw new Error("The sample links too few.");
      return scope;
    };
    const linkOf = async (place: number) => {
      const found = await stores.links.get(scopeOf(place));
      if (found === null) throw new Error("It is not linked.");
      return { link: found.value, etag: found.etag };
    };
    const create = async (accountId: string, tenantId: string) => {
      const customer = organization({ accountId });
      await stores.organizations.add(customer);
      const made = link({ accountId, tenantId, organizationId: customer.id });
      return (await stores.links.create({ link: made, sync: sync(made), audit: auditRow({ accountId }) })).kind;
    };

    it("links a tenant once, over all accounts, and lets it go", async () => {
      const scope = scopeOf(0);
      expect(await create(B, scope.tenantId)).toBe("tenantLinkedElsewhere");
      expect(await create(A, scope.tenantId)).toBe("tenantLinkedHere");
      const { link: before, etag } = await linkOf(0);
      const second = { ...before, tenantId: "second" };
      const outcome = await stores.links.create({ link: second, sync: sync(second), audit: auditRow() });
      expect(outcome.kind).toBe("organizationHasTenant");
      expect(await stores.links.remove({ ...removal(scope), etag })).toBe("stored");
      expect(await stores.removals.get(scope)).not.toBeNull();
      expect((await stores.alerts.counts(scope)).total).toBe(0);
      expect(await create(B, scope.tenantId)).toBe("linked");
      expect(await create(A, full.removed.tenantId)).toBe("linked");
      expect(await stores.removals.get(full.removed)).toBeNull();
    });

    it("moves and renames what has a name", async () => {
      const target = organization();
      await stores.organizations.add(target);
      const { link: before, etag } = await linkOf(0);
      const from = await stores.organizations.get(A, before.organizationId);
      if (from === null) throw new Error("It has no organization.");
      expect((await stores.organizations.add(organization({ name: from.name.toUpperCase() }))).kind).toBe("nameTaken");
      const moved = { link: before, etag, toOrganizationId: target.id, audit: auditRow() };
      expect(await stores.links.move(moved)).toEqual({ kind: "moved" });
      expect(await stores.links.findByOrganization(A, from.id)).toBeNull();
      const renaming = { before: from, after: { ...from, name: "Renamed" }, audit: auditRow() };
      expect(await stores.organizations.rename(renaming)).toEqual({ kind: "renamed" });
      expect((await stores.organizations.add(organization({ name: from.name }))).kind).toBe("added");
    });

    it("pauses a tenant and lets it go on", async () => {
      const { link: paused, etag } = await linkOf(1);
      const due = async () => (await stores.syncs.due({ now: at(1), limit: 10 })).map(({ tenantId }) => tenantId);
      expect(await due()).not.toContain(paused.tenantId);
      expect(await stores.links.update({ link: { ...paused, state: "connected" }, etag, audit: auditRow() })).toBe(
        "stored",
      );
      expect(await due()).toContain(paused.tenantId);
    });

    it("changes alerts and cards by the version that was read", async () => {
      const scope = scopeOf(0);
      const found = await stores.alerts.get(scope, "a/b\\c?d#e");
      if (found === null) throw new Error("It was not copied.");
      const audit = [auditRow({ ...scope, verb: "alert.claim" })];
      const change = { record: { ...found.value, revision: 9 }, etag: found.etag };
      expect(await stores.alerts.update({ ...change, audit })).toBe("stored");
      expect(await stores.alerts.update(change)).toBe("conflict");
      const [card] = await stores.deliveries.ofAlert(scope, "a/b\\c?d#e");
      if (card === undefined) throw new Error("It has no card.");
      expect((await stores.deliveries.put({ delivery: card.value, etag: null })).kind).toBe("conflict");
      expect((await stores.deliveries.put({ delivery: card.value, etag: card.etag })).kind).toBe("stored");
    });

    it("goes on with consents, moves, roles and settings", async () => {
      const [first] = full.journeys;
      const found = first && (await stores.consents.get(first.id));
      if (!found) throw new Error("It was not copied.");
      const again = journey({ linkHash: found.value.linkHash });
      await expect(stores.consents.create(again, auditRow())).rejects.toThrow();
      expect(await stores.consents.update({ journey: { ...found.value, state: "cancelled" }, etag: found.etag })).toBe(
        "stored",
      );
      const another = move({ tenantId: scopeOf(0).tenantId });
      expect((await stores.moves.create({ move: another, audit: auditRow() })).kind).toBe("openAlready");
      const open = await stores.moves.openOf(scopeOf(0));
      if (open === null) throw new Error("The open move was not copied.");
      expect(await stores.moves.update({ move: { ...open.value, state: "declined" }, etag: open.etag })).toBe("stored");
      expect((await stores.moves.create({ move: another, audit: auditRow() })).kind).toBe("created");
      const grant = { accountId: B, person: ROBIN, role: "admin", grantedBy: ROBIN, grantedAt: at(1) } as const;
      expect(await stores.roles.put({ grant, etag: null, audit: auditRow({ accountId: B }) })).toBe("conflict");
      const level = { accountId: A, tenantId: scopeOf(0).tenantId };
      expect(await stores.settings.put({ level, settings: {}, etag: null, audit: [] })).toBe("conflict");
      const { etag } = await stores.settings.get(level);
      expect(await stores.settings.put({ level, settings: {}, etag, audit: [auditRow()] })).toBe("stored");
    });

    it("hears of conversations after those that it knows, and adds to the audit log where it ended", async () => {
      await stores.conversations.put(conversation({ id: "newest" }));
      const [latest, second] = await stores.conversations.shared(A, 2);
      expect([latest?.id, second?.id]).toEqual(["newest", "z-first"]);
      const rows = [auditRow(), auditRow({ ...scopeOf(0), verb: "alert.claim" })];
      const before = await verifyAudit({ audit: stores.audit }, { accountId: A });
      await stores.audit.append(rows);
      const after = await verifyAudit({ audit: stores.audit }, { accountId: A });
      expect(after).toEqual({ ...before, rowsThatHold: before.rowsThatHold + 2 });
      expect(after.brokenChains).toBe(0);
    });
  });
});
