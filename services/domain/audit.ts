import type { Instant } from "./instant.ts";

/** Who acted: a person, or Watchdesk itself carrying out a setting. */
export type Actor =
  | { readonly kind: "person"; readonly id: string; readonly name: string }
  | { readonly kind: "watchdesk" };

/**
 * One line of the audit log. A write to somebody else's system has two, `intended` before and `outcome` after, with one
 * `operationId`; a change of our own store has one `done`, in the same transaction as the change.
 */
export interface AuditRow {
  readonly accountId: string;
  readonly tenantId: string | null;
  readonly id: string;
  readonly operationId: string;
  readonly at: Instant;
  readonly phase: "intended" | "outcome" | "done";
  readonly actor: Actor;
  /** What was done, as "<thing>.<verb>": alert.resolve, settings.change, tenant.link. */
  readonly verb: string;
  /** What it was done to: an alert id, an organization's name, a setting. */
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The conversation it was asked in; null for what Watchdesk did by itself. */
  readonly where: string | null;
}
