import { addOrganizationReply } from "./add-organization.ts";
import { bindConversation } from "./bind-conversation.ts";
import { grantReply, revokeReply } from "./change-roles.ts";
import type { CommandId } from "./commands.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { exportAudit } from "./export-audit.ts";
import { findTenant, searchInWords } from "./find-tenant.ts";
import { renameOrganizationReply } from "./rename-organization.ts";
import { showAlert, showAlerts } from "./show-alerts.ts";
import { showAudit } from "./show-audit.ts";
import { showChannels } from "./show-channels.ts";
import { showHelp } from "./show-help.ts";
import { showOrganizations } from "./show-organizations.ts";
import { showRoles } from "./show-roles.ts";
import { showSettings } from "./show-settings.ts";
import { showTenants } from "./show-tenants.ts";
import { syncNow } from "./sync-now.ts";
import { type Reply, type Turn, text } from "./turn.ts";
import { verifyAuditLog } from "./verify-audit-log.ts";
import { whyAlert } from "./why-alert.ts";

/** Commands that one reply answers; the others begin or end a dialog. */
export type AnsweredCommand = Exclude<
  CommandId,
  "connect" | "connectTenants" | "cancel" | "move" | "importOrganizations"
>;

/** Answers a command whose caller is authorized; `rest` is what followed its words. */
export async function answerCommand(
  deps: DialogDeps,
  turn: Turn,
  input: { id: AnsweredCommand; rest: string },
): Promise<Reply> {
  const { rest } = input;
  switch (input.id) {
    case "help":
      return showHelp(turn);
    case "tenants":
      return await showTenants(deps, turn, { filter: rest, offset: 0 });
    case "settings":
      return await settingsReply(deps, turn, rest);
    case "sync":
      return await syncNow(deps, turn, rest);
    case "organizations":
      return await showOrganizations(deps, turn, { filter: rest, offset: 0 });
    case "addOrganization":
      return await addOrganizationReply(deps, turn, rest);
    case "renameOrganization":
      return await renameOrganizationReply(deps, turn, rest);
    case "alerts":
      return await showAlerts(deps, turn, { filter: rest, offset: 0 });
    case "alert":
      return await showAlert(deps, turn, rest);
    case "why":
      return await whyAlert(deps, turn, rest);
    case "channels":
      return await showChannels(deps, turn);
    case "postAlertsHere":
      return await bindConversation(deps, turn, { kind: "alerts" });
    case "postNoticesHere":
      return await bindConversation(deps, turn, { kind: "notices" });
    case "roles":
      return await showRoles(deps, turn, { offset: 0 });
    case "grant":
      return await grantReply(deps, turn, rest);
    case "revoke":
      return await revokeReply(deps, turn, rest);
    case "audit":
      return await showAudit(deps, turn, { filter: rest, offset: 0 });
    case "auditVerify":
      return await verifyAuditLog(deps, turn);
    case "auditExport":
      return await exportAudit(deps, turn, rest);
  }
}

async function settingsReply(deps: DialogDeps, turn: Turn, words: string): Promise<Reply> {
  if (words === "") return await showSettings(deps, turn, { tenantId: null });
  const search = await findTenant(deps, { accountId: turn.account.id, words });
  if (search.kind !== "found") return text(searchInWords(search, words));
  return await showSettings(deps, turn, { tenantId: search.link.tenantId });
}
