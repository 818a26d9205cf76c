import type { Deed } from "../services/access/authorize.ts";

export type CommandId =
  | "help"
  | "connect"
  | "connectTenants"
  | "tenants"
  | "move"
  | "settings"
  | "sync"
  | "organizations"
  | "addOrganization"
  | "renameOrganization"
  | "importOrganizations"
  | "alerts"
  | "alert"
  | "why"
  | "channels"
  | "postAlertsHere"
  | "postNoticesHere"
  | "roles"
  | "grant"
  | "revoke"
  | "audit"
  | "auditVerify"
  | "auditExport"
  | "cancel";

export type CommandScope = "personal" | "team" | "groupChat";

/** One command: what people type, what it does, whom it is for. Help, "did you mean" and the manifest are made from this. */
export interface Command {
  readonly id: CommandId;
  readonly words: string;
  /** What may or must follow the words; null where nothing does. */
  readonly takes: string | null;
  readonly summary: string;
  readonly deed: Deed;
  /** Scopes whose command list in the manifest suggests it; at most 12 per scope. */
  readonly suggestedIn: readonly CommandScope[];
}

const EVERYWHERE: readonly CommandScope[] = ["personal", "team", "groupChat"];
const PERSONAL: readonly CommandScope[] = ["personal"];
const SHARED: readonly CommandScope[] = ["team", "groupChat"];

export const COMMANDS: readonly Command[] = [
  command("help", "help", null, "What I can do for you", "help", EVERYWHERE),
  command("connect", "connect tenant", null, "Connect a customer's tenant", "connectTenants", PERSONAL),
  command(
    "connectTenants",
    "connect tenants",
    "[list or all]",
    "Consent links for many customers at once, as a CSV file",
    "connectTenants",
    [],
  ),
  command("tenants", "tenants", "[filter]", "Every tenant, its state and coverage", "readTenants", EVERYWHERE),
  command(
    "alerts",
    "alerts",
    "[filters]",
    "Alerts, newest first: alerts acme high open last 24h",
    "readAlerts",
    EVERYWHERE,
  ),
  command(
    "settings",
    "settings",
    "[organization]",
    "Auto-resolve and comments, for all or one",
    "readSettings",
    EVERYWHERE,
  ),
  command("sync", "sync", "[organization]", "Read alerts now", "manageTenants", PERSONAL),
  command(
    "move",
    "move tenant",
    "[organization]",
    "Move a wrongly mapped tenant to another organization",
    "manageTenants",
    [],
  ),
  command("organizations", "organizations", "[filter]", "Your customers", "readTenants", PERSONAL),
  command("addOrganization", "add organization", "<name>", "Add a customer", "manageOrganizations", []),
  command(
    "renameOrganization",
    "rename organization",
    "<old> to <new>",
    "Give a customer another name",
    "manageOrganizations",
    [],
  ),
  command(
    "importOrganizations",
    "import organizations",
    null,
    "Add customers from a pasted list or a CSV file",
    "manageOrganizations",
    [],
  ),
  command("alert", "alert", "<id>", "One alert's card", "readAlerts", []),
  command("why", "why", "<id>", "What was decided about an alert, and why", "readAlerts", []),
  command("channels", "channels", null, "Where alerts and notices are posted", "readRoles", PERSONAL),
  command("postAlertsHere", "post alerts here", null, "Post alerts in this conversation", "bindChannels", SHARED),
  command(
    "postNoticesHere",
    "post admin notices here",
    null,
    "Post admin notices in this conversation",
    "bindChannels",
    SHARED,
  ),
  command("roles", "roles", null, "Who may do what", "readRoles", EVERYWHERE),
  command("grant", "grant", "<role> <person>", "Give somebody a role: grant analyst @person", "manageRoles", []),
  command("revoke", "revoke", "<person>", "Take somebody's role away", "manageRoles", []),
  command(
    "audit",
    "audit",
    "[filters]",
    "Who changed what, where and when: audit contoso last 7d by priya settings",
    "readAudit",
    [],
  ),
  command("auditVerify", "audit verify", null, "Whether the audit log is whole and unaltered", "readAudit", []),
  command("auditExport", "audit export", "[filters]", "The audit log as a CSV file", "readAudit", []),
  command("cancel", "cancel", null, "Stop what we are in the middle of", "help", []),
];

function command(
  id: CommandId,
  words: string,
  takes: string | null,
  summary: string,
  deed: Deed,
  suggestedIn: readonly CommandScope[],
): Command {
  return { id, words, takes, summary, deed, suggestedIn };
}
