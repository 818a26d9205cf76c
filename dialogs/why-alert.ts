import { autoResolveWords } from "../cards/auto-resolve-words.ts";
import { lifeLine } from "../cards/life-line.ts";
import { plainText } from "../cards/plain-text.ts";
import type { AlertStore, AuditStore } from "../services/ports/stores.ts";
import { noSuchAlert } from "./show-alerts.ts";
import { type Reply, type Turn, text } from "./turn.ts";

const ROWS = 10;

/** What was decided about an alert and what was done to it, oldest first. */
export async function whyAlert(
  deps: { alerts: AlertStore; audit: AuditStore },
  turn: Turn,
  alertId: string,
): Promise<Reply> {
  const record = alertId === "" ? null : await deps.alerts.find(turn.account.id, alertId);
  if (record === null) return text(noSuchAlert(alertId));
  const rows = await deps.audit.list({
    accountId: turn.account.id,
    tenantId: record.tenantId,
    target: alertId,
    limit: ROWS,
  });
  const done = rows
    .filter((row) => row.phase !== "intended")
    .reverse()
    .map(
      (row) =>
        `- ${row.at.slice(0, 16).replace("T", " ")} UTC: ${row.verb} by ${row.actor.kind === "person" ? plainText(row.actor.name, 100) : "Watchdesk"}: ${plainText(row.after ?? "", 100)}`,
    );
  const history = done.length === 0 ? "Nothing was written to Defender for this alert." : done.join("\n");
  return text(`${autoResolveWords(record.autoResolve)}. ${lifeLine(record)}.\n\n${history}`);
}
