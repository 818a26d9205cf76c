import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { AuditRow } from "../domain/audit.ts";
import { type ChainFault, faultAt, type Sha256 } from "../domain/audit-chain.ts";
import type { AuditChains, ChainHead } from "../ports/audit-log.ts";

/** Where a chain breaks: at this sequence, and the row that stands there, if it can be read. */
export interface ChainBreak {
  readonly chain: string;
  readonly sequence: number;
  readonly fault: ChainFault;
  readonly row: AuditRow | null;
}

export interface AuditVerdict {
  /** Rows before the first break of their chain; all rows where there is none. */
  readonly rowsThatHold: number;
  readonly chainsThatHold: number;
  readonly brokenChains: number;
  /** The first in the order of chains (by month, then tenant); null: all hold. */
  readonly firstBreak: ChainBreak | null;
}

const PAGE = 500;
const START: ChainHead = { sequence: 0, hash: "" };

const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

/**
 * Walks every chain of the account, a page of rows at a time, and says what holds. Rows written meanwhile are walked too
 * or left out, and are never taken for a break. A chain that is gone together with its head is not seen.
 */
export async function verifyAudit(deps: { audit: AuditChains }, input: { accountId: string }): Promise<AuditVerdict> {
  let verdict: AuditVerdict = { rowsThatHold: 0, chainsThatHold: 0, brokenChains: 0, firstBreak: null };
  let chain = await deps.audit.nextChain(input.accountId, "");
  while (chain !== null) {
    const walk = await walkChain(deps.audit, input.accountId, chain);
    verdict = {
      rowsThatHold: verdict.rowsThatHold + walk.rows,
      chainsThatHold: verdict.chainsThatHold + (walk.broken === null ? 1 : 0),
      brokenChains: verdict.brokenChains + (walk.broken === null ? 0 : 1),
      firstBreak: verdict.firstBreak ?? walk.broken,
    };
    chain = await deps.audit.nextChain(input.accountId, chain);
  }
  return verdict;
}

async function walkChain(
  audit: AuditChains,
  accountId: string,
  chain: string,
): Promise<{ rows: number; broken: ChainBreak | null }> {
  let last = START;
  let head: ChainHead | null = null;
  while (true) {
    // Others have their turn between two pages: the store may read within the event loop.
    await breathe();
    const rows = await audit.chainRows({ accountId, chain, after: last.sequence, limit: PAGE });
    for (const sealed of rows) {
      const fault = faultAt(sha256, { chain, last, sealed });
      const { sequence, row } = sealed;
      if (fault !== null) return { rows: last.sequence, broken: { chain, sequence, fault, row } };
      last = sealed;
    }
    if (rows.length > 0) continue;
    // The head was read before these rows were found to be all: one more look settles what was written in between.
    if (head !== null && head.sequence > last.sequence) return broken(chain, last, "headAhead");
    head = await audit.chainHead(accountId, chain);
    // A head is ahead of the rows, at their end, or else behind: also one whose sequence is no number.
    if (head !== null && head.sequence > last.sequence) continue;
    if (head?.sequence !== last.sequence) return broken(chain, last, "headBehind");
    return head.hash === last.hash ? { rows: last.sequence, broken: null } : broken(chain, last, "order");
  }
}

function broken(chain: string, last: ChainHead, fault: ChainFault): { rows: number; broken: ChainBreak } {
  const sequence = fault === "headAhead" ? last.sequence + 1 : last.sequence;
  return { rows: last.sequence, broken: { chain, sequence, fault, row: null } };
}
