import { countWords } from "../cards/count-words.ts";
import { noticeCard } from "../cards/notice-card.ts";
import { datedTimeWords } from "../cards/time-words.ts";
import { type AuditVerdict, type ChainBreak, verifyAudit } from "../services/audit/verify-audit.ts";
import type { ChainFault } from "../services/domain/audit-chain.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Randomness } from "../services/ports/randomness.ts";
import type { AuditStore } from "../services/ports/stores.ts";
import { card, type Reply, type Turn } from "./turn.ts";

export interface VerifyAuditLogDeps {
  readonly audit: AuditStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const FAULTS: Readonly<Record<ChainFault, string>> = {
  altered: "this row is not what was written",
  missing: "rows before this one are gone",
  order: "this row does not follow the one before it",
  headAhead: "this row and those after it are gone",
  headBehind: "the chain's end was set back, or rows were added past it",
};

/** `audit verify`: walks every chain of the account and says what holds; that it was asked is itself in the log. */
export async function verifyAuditLog(deps: VerifyAuditLogDeps, turn: Turn): Promise<Reply> {
  const verdict = await verifyAudit(deps, { accountId: turn.account.id });
  const result = resultWords(verdict);
  const id = deps.randomness.id();
  await deps.audit.append([
    {
      accountId: turn.account.id,
      tenantId: null,
      id,
      operationId: id,
      at: deps.clock.now(),
      phase: "done",
      actor: { kind: "person", id: turn.person.id, name: turn.person.name },
      verb: "audit.verify",
      target: "audit log",
      before: null,
      after: result,
      where: turn.conversation.id,
    },
  ]);
  const { firstBreak } = verdict;
  return firstBreak === null
    ? card(
        noticeCard({ title: "✓ The audit log holds", text: `${result}: nothing was altered, removed or reordered.` }),
      )
    : card(noticeCard({ title: "✕ The audit log is broken", text: `${result}. ${breakWords(firstBreak)}` }));
}

function resultWords(verdict: AuditVerdict): string {
  const { rowsThatHold, chainsThatHold, brokenChains } = verdict;
  const rows = countWords(rowsThatHold, "row");
  const chains = countWords(chainsThatHold + brokenChains, "chain");
  const holds = `${rows} in ${chains} ${rowsThatHold === 1 ? "holds" : "hold"}`;
  return brokenChains === 0 ? holds : `${holds}; broken: ${countWords(brokenChains, "chain")}`;
}

function breakWords({ chain, sequence, fault, row }: ChainBreak): string {
  const [month = "", tenantId = ""] = chain.split("/");
  const whose = tenantId === "" ? "the account" : `tenant ${tenantId}`;
  const said =
    row === null ? "" : ` It reads: ${row.verb}, ${row.target.slice(0, 100)}, ${datedTimeWords(row.at)}, id ${row.id}.`;
  return `First break: row ${sequence} of ${whose} in ${month}: ${FAULTS[fault]}.${said} Compare with a backup of the database.`;
}
