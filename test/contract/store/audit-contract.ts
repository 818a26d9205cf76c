import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import type { AuditRow } from "../../../services/domain/audit.ts";
import { sealOf } from "../../../services/domain/audit-chain.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { AuditPage } from "../../../services/ports/audit-log.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, auditRow, B, ROBIN } from "./store-samples.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const person = (id: string, name: string) => ({ kind: "person" as const, id, name });

async function chainsOf(stores: Stores, accountId: string): Promise<readonly string[]> {
  const found: string[] = [];
  let chain = await stores.audit.nextChain(accountId, "");
  while (chain !== null) {
    found.push(chain);
    chain = await stores.audit.nextChain(accountId, chain);
  }
  return found;
}

export function auditContract(open: OpenStore): void {
  const { stores, opened } = bench(open);
  const list = (page: Omit<AuditPage, "accountId" | "limit"> & { limit?: number }) =>
    stores().audit.list({ accountId: A, limit: 20, ...page });

  it("lists what fits a filter: tenant or name, since, verb, actor, all at once", async () => {
    const priya = person("p-1", "Priya Nair");
    const rows = [
      auditRow({ at: at(1), verb: "consent.begin", target: "Contoso Dental", actor: priya }),
      auditRow({ at: at(2), verb: "settings.change", target: "x: comment", tenantId: "t1", actor: priya }),
      auditRow({ at: at(3), verb: "role.grant", target: "Tom (p-2)", actor: person("p-3", "priya PATEL") }),
      auditRow({ at: at(4), verb: "settings.change", target: "all tenants: comment" }),
    ] as const;
    await stores().audit.append([...rows]);
    const [begin, ofTenant, grant, byItself] = rows;
    const contoso = { tenantId: "t1", text: "CONTOSO  dental" };
    expect(await list({ subject: contoso })).toEqual([ofTenant, begin]);
    expect(await list({ subject: { tenantId: null, text: "comment" } })).toEqual([byItself, ofTenant]);
    expect(await list({ since: at(3) })).toEqual([byItself, grant]);
    expect(await list({ verb: "Settings" })).toEqual([byItself, ofTenant]);
    expect(await list({ verb: "role.revoke" })).toEqual([]);
    expect(await list({ actor: "priya" })).toEqual([grant, ofTenant, begin]);
    expect(await list({ actor: "p-1" })).toEqual([ofTenant, begin]);
    expect(await list({ actor: "watchdesk" })).toEqual([byItself]);
    expect(await list({ subject: contoso, verb: "setting", actor: "priya", since: at(1) })).toEqual([ofTenant]);
    expect(await list({ subject: { tenantId: null, text: "100%_" }, actor: "'; --" })).toEqual([]);
  });

  it("pages by offset, and behind a row where rows written meanwhile shift nothing", async () => {
    const rows = Array.from({ length: 7 }, (_, place) => auditRow({ at: at(Math.floor(place / 3)) }));
    await stores().audit.append(rows);
    const newestFirst = rows.toReversed();
    expect(await list({ offset: 2, limit: 3 })).toEqual(newestFirst.slice(2, 5));
    const walked: AuditRow[] = [];
    let page = await list({ limit: 2 });
    while (page.length > 0) {
      walked.push(...page);
      await stores().audit.append([auditRow({ at: at(9) })]);
      page = await list({ limit: 2, olderThan: page.at(-1) as AuditRow });
    }
    expect(walked).toEqual(newestFirst);
  });

  it("chains rows by month, those of alerts by tenant, in the order they were written, each sealed over the one before", async () => {
    const [first, second, third] = [auditRow({ at: at(5) }), auditRow({ at: at(1) }), auditRow({ at: at(3) })];
    const elsewhere = [
      auditRow({ tenantId: "t1", verb: "alert.resolve" }),
      auditRow({ tenantId: "t1", verb: "alert.resolve", at: "2026-12-01T00:00:00.000Z" }),
      auditRow({ accountId: B }),
    ];
    await stores().audit.append([first, ...elsewhere, second]);
    await stores().audit.append([third]);
    expect(await chainsOf(stores(), A)).toEqual(["2026-11/", "2026-11/t1", "2026-12/t1"]);
    expect(await chainsOf(stores(), B)).toEqual(["2026-11/"]);
    const chain = { accountId: A, chain: "2026-11/" };
    const sealed = await stores().audit.chainRows({ ...chain, after: 0, limit: 9 });
    expect(sealed.map(({ row }) => row)).toEqual([first, second, third]);
    expect(sealed.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    let previousHash = "";
    for (const { row, sequence, ...seal } of sealed) {
      if (row === null) throw new Error("A row of the sample is not sound.");
      expect(seal).toEqual({ previousHash, hash: sealOf(sha256, { row, sequence, previousHash }) });
      previousHash = seal.hash;
    }
    expect(await stores().audit.chainHead(A, chain.chain)).toEqual({ sequence: 3, hash: previousHash });
    expect(await stores().audit.chainHead(A, "2026-10/")).toBeNull();
    expect(await stores().audit.chainRows({ ...chain, after: 1, limit: 1 })).toEqual([sealed[1]]);
  });

  it("appends more rows than one write takes, of any length and many months, in their order", async () => {
    const month = (place: number) => new Date(Date.UTC(2025, place % 15)).toISOString();
    const rows = [
      ...Array.from({ length: 100 }, (_, place) => auditRow({ at: month(place) })),
      ...Array.from({ length: 130 }, () => auditRow({ at: at(1) })),
      ...Array.from({ length: 40 }, () => auditRow({ at: at(1), after: "x".repeat(100_000) })),
    ];
    await stores().audit.append(rows);
    const verdict = await verifyAudit({ audit: stores().audit }, { accountId: A });
    expect(verdict).toEqual({ rowsThatHold: 270, chainsThatHold: 16, brokenChains: 0, firstBreak: null });
    expect(await list({ since: at(0), limit: 300 })).toEqual(rows.slice(100).toReversed());
  });

  it("finds rows by the beginning of a hostile text, and behind a row that is not there", async () => {
    const long = "Contoso ".repeat(5_000);
    const rows = [
      auditRow({ at: at(1), target: long, actor: person("p-1", long), verb: long }),
      auditRow({ at: at(2) }),
    ];
    await stores().audit.append(rows);
    const found = { target: long, verb: long, actor: long, subject: { tenantId: null, text: long } };
    for (const [name, value] of Object.entries(found)) expect(await list({ [name]: value }), name).toEqual([rows[0]]);
    expect(await list({ olderThan: auditRow({ at: at(2) }) })).toEqual([rows[0]]);
  });

  it("leaves no gap where a write is refused together with its row", async () => {
    const level = { accountId: A, tenantId: null };
    const put = (etag: string | null) => stores().settings.put({ level, settings: {}, etag, audit: [auditRow()] });
    expect([await put(null), await put(null), await put("7")]).toEqual(["stored", "conflict", "conflict"]);
    const row = auditRow();
    await stores().audit.append([row]);
    await expect(stores().audit.append([auditRow(), row])).rejects.toThrow();
    const { etag } = await stores().settings.get(level);
    expect(await put(etag)).toBe("stored");
    const verdict = await verifyAudit({ audit: stores().audit }, { accountId: A });
    expect(verdict).toEqual({ rowsThatHold: 3, chainsThatHold: 1, brokenChains: 0, firstBreak: null });
  });

  it("gives one unbroken chain when several write at once, and holds while it is walked", async () => {
    const workers = [stores(), await opened().second(), await opened().second()];
    const write = async (worker: Stores, place: number) => {
      for (let round = 0; round < 20; round += 1) {
        const where = round % 2 === 0 ? {} : { tenantId: "t1", verb: "alert.resolve" };
        await worker.audit.append([auditRow({ ...where, target: `${place}.${round}` }), auditRow(where)]);
      }
    };
    const walks: Promise<unknown>[] = [];
    const walk = async () => {
      for (let round = 0; round < 5; round += 1) {
        walks.push(verifyAudit({ audit: workers[1]?.audit ?? stores().audit }, { accountId: A }));
        await walks.at(-1);
      }
    };
    await Promise.all([...workers.map(write), walk()]);
    for (const verdict of await Promise.all(walks)) expect(verdict).toMatchObject({ firstBreak: null });
    const verdict = await verifyAudit({ audit: stores().audit }, { accountId: A });
    expect(verdict).toEqual({ rowsThatHold: 120, chainsThatHold: 2, brokenChains: 0, firstBreak: null });
  });

  it("seals whatever a row says, and reads it back as it was", async () => {
    const odd = [
      "\0 null \u001f",
      "half \ud800 and \udc00",
      "”“'\"\\`\u0024{x}",
      "İ ﬁ ＝ \u202e",
      "x".repeat(20_000),
      "",
    ];
    const rows = odd.map((text) =>
      auditRow({ target: text, before: text, after: text, where: text, actor: person(ROBIN.id, text), verb: text }),
    );
    await stores().audit.append(rows);
    const again = await opened().reopen();
    expect(await again.audit.list({ accountId: A, limit: 9 })).toEqual(rows.toReversed());
    const verdict = await verifyAudit({ audit: again.audit }, { accountId: A });
    expect(verdict).toMatchObject({ rowsThatHold: odd.length, firstBreak: null });
  });
}
