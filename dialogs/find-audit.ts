import { datedTimeWords } from "../cards/time-words.ts";
import type { AuditFilter } from "../services/ports/audit-log.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { LinkStore, OrganizationStore } from "../services/ports/stores.ts";
import { parseAuditFilter } from "./audit-filter-words.ts";
import { findTenant } from "./find-tenant.ts";
import type { Turn } from "./turn.ts";

export interface FindAuditDeps {
  readonly links: LinkStore;
  readonly organizations: OrganizationStore;
  readonly clock: Clock;
}

/**
 * The filter that words of a person mean, and how it was understood, as a sentence. Words that are no filter name an
 * organization: the rows of its tenant are meant and those whose target has its name in it; else they are looked for in targets.
 */
export async function auditFilterOf(
  deps: FindAuditDeps,
  turn: Turn,
  words: string,
): Promise<{ filter: AuditFilter; understood: string }> {
  const { about, by, filter } = parseAuditFilter(words, deps.clock.now());
  const accountId = turn.account.id;
  const search = about === "" ? null : await findTenant(deps, { accountId, words: about });
  const found = search?.kind === "found" ? search : null;
  const name = found?.organizationName ?? about;
  const actor = by?.toLowerCase() === "me" ? turn.person.id : by;
  const parts = [
    name === "" ? "" : found === null ? `with “${name}” in the target` : `about ${name}`,
    filter.verb === undefined ? "" : `verbs that begin with “${filter.verb}”`,
    by === null ? "" : by.toLowerCase() === "me" ? "by you" : `by “${by}”`,
    filter.since === undefined ? "" : `since ${datedTimeWords(filter.since)}`,
  ].filter((part) => part !== "");
  return {
    filter: {
      ...filter,
      ...(name === "" ? {} : { subject: { tenantId: found?.link.tenantId ?? null, text: name } }),
      ...(actor === null ? {} : { actor }),
    },
    understood: parts.length === 0 ? "" : `Shown: ${parts.join(", ")}.`,
  };
}
