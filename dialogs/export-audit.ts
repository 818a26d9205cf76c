import { downloadCard } from "../cards/download-card.ts";
import { type CreateDownloadDeps, createDownload } from "../services/exports/create-download.ts";
import { auditFilterOf, type FindAuditDeps } from "./find-audit.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** `audit export [filters]`: a link to the rows as CSV. Whoever has the link can use it, so it is given in 1:1 only. */
export async function exportAudit(deps: FindAuditDeps & CreateDownloadDeps, turn: Turn, words: string): Promise<Reply> {
  const { filter, understood } = await auditFilterOf(deps, turn, words);
  const { url, endsAt } = await createDownload(deps, {
    accountId: turn.account.id,
    tenantId: null,
    request: { kind: "audit-csv", filter },
    by: turn.person,
    where: turn.conversation.id,
  });
  const what = understood === "" ? "The whole audit log as CSV." : `The audit log as CSV. ${understood}`;
  return card(downloadCard({ title: "Audit log export", text: what, url, endsAt }));
}
