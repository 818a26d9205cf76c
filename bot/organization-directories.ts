import type { HuntressSetting } from "../services/config/directory-settings.ts";
import { createHuntressDirectory, HUNTRESS_URL } from "../services/directory/huntress/huntress-directory.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Log } from "../services/ports/log.ts";
import type { OrganizationDirectory } from "../services/ports/organization-directory.ts";

/** The directories that are configured, each by the one account that it serves. */
export function organizationDirectories(
  deps: { readonly clock: Clock; readonly log: Log },
  settings: { readonly huntress: HuntressSetting | null },
): ReadonlyMap<string, OrganizationDirectory> {
  const { huntress } = settings;
  if (huntress === null) return new Map();
  const { accountId, key, secret, url } = huntress;
  const directory = createHuntressDirectory(deps, {
    accountId,
    key: key.reveal(),
    secret: secret.reveal(),
    url: url ?? HUNTRESS_URL,
  });
  return new Map([[accountId, directory]]);
}
