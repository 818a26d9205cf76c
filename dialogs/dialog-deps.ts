import type { ActDeps } from "../services/alerts/act-on-alert.ts";
import type { PermissionBook } from "../services/domain/permission.ts";
import type { Stores } from "../services/ports/stores.ts";
import type { TenantDirectory } from "../services/ports/tenant-directory.ts";
import type { ConsentLinks } from "../services/tenants/consent-links.ts";

/** What commands and clicks may ask of the floors below; each of them names the few it uses. */
export interface DialogDeps extends ActDeps, Omit<Stores, "check" | "close" | "alerts"> {
  readonly directory: TenantDirectory;
  readonly consentLinks: ConsentLinks;
  readonly book: PermissionBook;
  readonly configuredAdmins: ReadonlySet<string>;
}
