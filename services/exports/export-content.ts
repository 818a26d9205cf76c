import type { Instant } from "../domain/instant.ts";
import { type AuditCsvDeps, auditCsv } from "./audit-csv.ts";
import { type ConsentLinksCsvDeps, consentLinksCsv } from "./consent-links-csv.ts";
import type { ExportRequest } from "./export-request.ts";
import { type TenantJsonDeps, tenantJson } from "./tenant-json.ts";

/** What the exports read; each kind adds the stores it needs. */
export type ExportContentDeps = AuditCsvDeps & TenantJsonDeps & ConsentLinksCsvDeps;

/** A file as it is downloaded: made from the store while it is sent. */
export interface ExportContent {
  /** ASCII letters, digits, dots and hyphens only. */
  readonly fileName: string;
  readonly contentType: string;
  readonly chunks: AsyncIterable<string>;
}

/** The one place where kinds of exports become files. */
export function exportContent(
  deps: ExportContentDeps,
  input: { accountId: string; request: ExportRequest; now: Instant },
): ExportContent {
  const { accountId, request } = input;
  const day = input.now.slice(0, 10);
  switch (request.kind) {
    case "audit-csv":
      return {
        fileName: `watchdesk-audit-${day}.csv`,
        contentType: "text/csv; charset=utf-8",
        chunks: auditCsv(deps, { accountId, filter: request.filter }),
      };
    case "consent-links-csv":
      return {
        fileName: `watchdesk-consent-links-${day}.csv`,
        contentType: "text/csv; charset=utf-8",
        chunks: consentLinksCsv(deps, { accountId, rows: request.rows, now: input.now }),
      };
    case "tenant-json":
      return {
        fileName: `watchdesk-tenant-${day}.json`,
        contentType: "application/json; charset=utf-8",
        chunks: tenantJson(deps, {
          scope: { accountId, tenantId: request.tenantId },
          organizationName: request.organizationName,
        }),
      };
  }
}
