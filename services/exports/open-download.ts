import { covers } from "../domain/role.ts";
import type { Clock } from "../ports/clock.ts";
import type { EphemeralStore, RoleStore } from "../ports/stores.ts";
import { type Download, downloadKey } from "./create-download.ts";
import { type ExportContent, type ExportContentDeps, exportContent } from "./export-content.ts";
import { EXPORT_ROLE, type ExportRequest } from "./export-request.ts";

export type OpenDownloadDeps = ExportContentDeps & {
  readonly ephemeral: Pick<EphemeralStore, "get">;
  readonly roles: Pick<RoleStore, "get">;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly clock: Clock;
};

export type OpenedDownload =
  | { readonly kind: "open"; readonly exportKind: ExportRequest["kind"]; readonly content: ExportContent }
  /** Never was, has ended, or whoever asked for it no longer may. */
  | { readonly kind: "gone" };

/** The file behind a token. Throws Breakdown "store-unavailable", here or while the content is read. */
export async function openDownload(deps: OpenDownloadDeps, input: { token: string }): Promise<OpenedDownload> {
  const stored = await deps.ephemeral.get(downloadKey(input.token));
  if (stored === null) return { kind: "gone" };
  const { accountId, request, by }: Download = JSON.parse(stored.value);
  const role = deps.configuredAdmins.has(by.id) ? "admin" : ((await deps.roles.get(accountId, by.id))?.role ?? null);
  if (!covers(role, EXPORT_ROLE)) return { kind: "gone" };
  const content = exportContent(deps, { accountId, request, now: deps.clock.now() });
  return { kind: "open", exportKind: request.kind, content };
}
