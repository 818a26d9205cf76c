import type { Account } from "../domain/account.ts";
import { Secret } from "./secret.ts";
import * as kinds from "./setting-kinds.ts";
import type { SettingReader } from "./setting-reader.ts";

/** The Huntress API as an account's directory of organizations. */
export interface HuntressSetting {
  /** The one account that the credentials serve. */
  readonly accountId: string;
  readonly key: Secret;
  readonly secret: Secret;
  /** Null where Huntress' own address holds. */
  readonly url: string | null;
}

const NEEDED = ["HUNTRESS_API_KEY", "HUNTRESS_API_SECRET", "HUNTRESS_ACCOUNT"] as const;

/** Reads the optional directory: all three of its settings or none, for one of the accounts. */
export function directorySettings(
  read: SettingReader,
  accounts: readonly Account[] | null,
): { readonly huntress: HuntressSetting | null } {
  const url = read.optional("HUNTRESS_URL", kinds.loopbackUrl);
  const key = read.optional("HUNTRESS_API_KEY", kinds.basicUser);
  const secret = read.secret("HUNTRESS_API_SECRET");
  const accountId = read.optional("HUNTRESS_ACCOUNT", kinds.guid);
  if (!NEEDED.some((name) => read.isSet(name))) return { huntress: null };
  for (const name of NEEDED) {
    if (!read.isSet(name)) read.problem(`${name} is missing; set all of ${NEEDED.join(", ")}, or none of them.`);
  }
  if (accountId !== null && accounts !== null && !accounts.some(({ id }) => id === accountId)) {
    read.problem("HUNTRESS_ACCOUNT is none of ACCOUNTS; give the id of the one account that these credentials serve.");
  }
  if (key === null || secret === null || accountId === null) return { huntress: null };
  return { huntress: { accountId, key: new Secret(key), secret, url } };
}
