import type { ActDeps } from "../services/alerts/act-on-alert.ts";
import type { Account } from "../services/domain/account.ts";
import type { PermissionBook } from "../services/domain/permission.ts";
import type { Stores } from "../services/ports/all-stores.ts";
import type { Announcer } from "../services/ports/announcer.ts";
import type { AttachedFiles } from "../services/ports/attached-files.ts";
import type { OrganizationDirectory } from "../services/ports/organization-directory.ts";
import type { TenantDirectory } from "../services/ports/tenant-directory.ts";
import type { ConsentLinks } from "../services/tenants/consent-links.ts";
import type { RecheckDeps } from "../services/tenants/recheck-permissions.ts";

/** What commands and clicks may ask of the floors below; each of them names the few it uses. */
export interface DialogDeps extends ActDeps, Omit<Stores, "check" | "close" | "alerts"> {
  readonly directory: TenantDirectory;
  /** Where accounts keep their organizations, by account id. */
  readonly directories: ReadonlyMap<string, OrganizationDirectory>;
  readonly files: AttachedFiles;
  readonly announcer: Announcer;
  readonly consentLinks: ConsentLinks;
  /** The address under which browsers reach the bot. */
  readonly publicUrl: string;
  readonly book: PermissionBook;
  readonly accounts: readonly Account[];
  readonly configuredAdmins: ReadonlySet<string>;
  /** The app that customers consent to. */
  readonly defenderAppId: string;
  /** How often each tenant is read, in milliseconds. */
  readonly intervalMs: number;
  readonly stateChanged: RecheckDeps["stateChanged"];
  readonly credentialRefused: RecheckDeps["credentialRefused"];
}
