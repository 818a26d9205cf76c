import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditRow } from "../../../services/domain/audit.ts";
import { chainOf, faultAt, type SealedRow, sealOf } from "../../../services/domain/audit-chain.ts";
import { auditRow } from "../../contract/store/store-samples.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const CHAIN = "2026-11/";

function sealed(rows: readonly AuditRow[]): SealedRow[] {
  let previousHash = "";
  return rows.map((row, place) => {
    const link = { row, sequence: place + 1, previousHash };
    previousHash = sealOf(sha256, link);
    return { ...link, hash: previousHash };
  });
}

function firstFault(rows: readonly SealedRow[]) {
  let last = { sequence: 0, hash: "" };
  for (const item of rows) {
    const fault = faultAt(sha256, { chain: CHAIN, last, sealed: item });
    if (fault !== null) return fault;
    last = item;
  }
  return null;
}

describe("the chain of the audit log", () => {
  it("is one per tenant and month for what was done to its alerts, and one per month for all else", () => {
    const at = "2026-11-30T23:59:59.999Z";
    expect(chainOf({ tenantId: null, at, verb: "role.grant" })).toBe("2026-11/");
    expect(chainOf({ tenantId: "t1", at, verb: "tenant.pause" })).toBe("2026-11/");
    expect(chainOf({ tenantId: "t1", at: "2026-12-01T00:00:00.000Z", verb: "alert.resolve" })).toBe("2026-12/t1");
  });

  it("seals a row however its fields are ordered, and another row otherwise", () => {
    const row = auditRow({ actor: { kind: "person", id: "p", name: "P" } });
    const turned = Object.fromEntries(Object.entries(row).toReversed()) as unknown as AuditRow;
    const place = { sequence: 1, previousHash: "" };
    expect(sealOf(sha256, { row: turned, ...place })).toBe(sealOf(sha256, { row, ...place }));
    const others = [
      sealOf(sha256, { row: { ...row, after: "x" }, ...place }),
      sealOf(sha256, { row: { ...row, actor: { kind: "person", id: "p", name: "Q" } }, ...place }),
      sealOf(sha256, { row, sequence: 2, previousHash: "" }),
      sealOf(sha256, { row, sequence: 1, previousHash: "ff" }),
    ];
    expect(new Set([...others, sealOf(sha256, { row, ...place })]).size).toBe(5);
  });

  it("has one way to write it: this row has had this seal since the first release", () => {
    const row = auditRow({
      id: "r1",
      operationId: "o1",
      target: "Contoso \u00fc",
      actor: { kind: "person", id: "p", name: "P" },
    });
    const text =
      '{"previousHash":"","row":{"accountId":"account-a","actor":{"id":"p","kind":"person","name":"P"},"after":null,' +
      '"at":"2026-11-22T14:00:00.000Z","before":null,"id":"r1","operationId":"o1","phase":"done","target":"Contoso ü",' +
      '"tenantId":null,"verb":"tenant.link","where":null},"sequence":1}';
    expect(sealOf(sha256, { row, sequence: 1, previousHash: "" })).toBe(sha256(text));
  });

  it("holds as it was written, and shows any row that is altered, left out, doubled or moved", () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const row = fc.record({ target: text, before: fc.option(text), after: fc.option(text), verb: text });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), fc.nat(), fc.nat(), (fields, one, other) => {
        const chain = sealed(fields.map((item) => auditRow(item)));
        expect(firstFault(chain)).toBeNull();
        const place = one % chain.length;
        const swapped = other % chain.length;
        const at = (index: number) => chain[index] as SealedRow;
        const altered = { ...at(place), row: { ...(at(place).row as AuditRow), target: `${at(place).row?.target}.` } };
        expect(firstFault(chain.with(place, altered))).toBe("altered");
        expect(firstFault(chain.with(place, { ...at(place), row: null }))).toBe("altered");
        if (place < chain.length - 1) expect(firstFault(chain.toSpliced(place, 1))).toBe("missing");
        expect(firstFault(chain.toSpliced(place, 0, at(place)))).toBe("order");
        if (place !== swapped) expect(firstFault(chain.with(place, at(swapped)))).not.toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it("refuses a row of another chain", () => {
    const [item] = sealed([auditRow({ tenantId: "t1", verb: "alert.resolve" })]);
    expect(item && faultAt(sha256, { chain: CHAIN, last: { sequence: 0, hash: "" }, sealed: item })).toBe("altered");
  });
});
