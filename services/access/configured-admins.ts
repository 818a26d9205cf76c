import type { Account } from "../domain/account.ts";
import type { ConversationStore } from "../ports/stores.ts";

export interface ConfiguredAdminsDeps {
  readonly accounts: readonly Account[];
  readonly configuredAdmins: ReadonlySet<string>;
  readonly conversations: Pick<ConversationStore, "personal">;
}

/**
 * The admins by configuration who can act in this account. ACCOUNT_ADMINS names people of all accounts without saying which is
 * whose: where there are several, one counts who has opened the bot in this account's Teams.
 */
export async function configuredAdminsOf(deps: ConfiguredAdminsDeps, accountId: string): Promise<ReadonlySet<string>> {
  if (deps.accounts.length <= 1) return deps.configuredAdmins;
  const known = await Promise.all(
    [...deps.configuredAdmins].map(async (personId) =>
      (await deps.conversations.personal(accountId, personId)) === null ? [] : [personId],
    ),
  );
  return new Set(known.flat());
}
