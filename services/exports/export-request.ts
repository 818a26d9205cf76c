import type { ConsentListRow } from "../domain/consent-list.ts";
import type { Role } from "../domain/role.ts";
import type { AuditFilter } from "../ports/audit-log.ts";

/** What can be downloaded, with what it takes to make it. A new kind is added here and in export-content.ts. */
export type ExportRequest =
  | { readonly kind: "audit-csv"; readonly filter: AuditFilter }
  /** A tenant's alerts and history, taken along before it is removed. */
  | { readonly kind: "tenant-json"; readonly tenantId: string; readonly organizationName: string }
  /** What became of a list of organizations to connect, with their consent links. */
  | { readonly kind: "consent-links-csv"; readonly rows: readonly ConsentListRow[] };

/** The role that asking for a download takes; it must still be held when the link is used. */
export const EXPORT_ROLE: Role = "admin";

/** What an export holds, in a few words: for the audit log and for people. */
export function exportWords(request: ExportRequest): string {
  switch (request.kind) {
    case "audit-csv":
      return "audit log as CSV";
    case "consent-links-csv":
      return `consent links of ${request.rows.length === 1 ? "1 line" : `${request.rows.length} lines`} as CSV`;
    case "tenant-json":
      return `alerts and audit log of ${request.organizationName} as JSON`;
  }
}
