import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import { type SealedRow, sealOf } from "../../../services/domain/audit-chain.ts";
import type { AuditChains, ChainHead } from "../../../services/ports/audit-log.ts";
import { A, auditRow } from "../../contract/store/store-samples.ts";

/** One chain of one row, with whatever stands there as its head. */
function chainOfOne(headOf: (row: SealedRow) => ChainHead | null): AuditChains {
  const row = auditRow();
  const place = { row, sequence: 1, previousHash: "" };
  const sealed = { ...place, hash: sealOf((text) => createHash("sha256").update(text).digest("hex"), place) };
  return {
    nextChain: async (_accountId, after) => (after === "" ? "2026-11/" : null),
    chainRows: async ({ after }) => (after === 0 ? [sealed] : []),
    chainHead: async () => headOf(sealed),
  };
}

it("holds where the head names the last row", async () => {
  const audit = chainOfOne(({ sequence, hash }) => ({ sequence, hash }));
  expect(await verifyAudit({ audit }, { accountId: A })).toMatchObject({ rowsThatHold: 1, firstBreak: null });
});

it.each([Number.NaN, 0.5, -1])("ends, and finds the head broken, where its sequence is %s", async (sequence) => {
  const audit = chainOfOne(({ hash }) => ({ sequence, hash }));
  const { firstBreak } = await verifyAudit({ audit }, { accountId: A });
  expect(firstBreak).toMatchObject({ fault: "headBehind", sequence: 1 });
});
