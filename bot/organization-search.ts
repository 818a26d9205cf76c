import { z } from "zod";
import { ORGANIZATIONS_DATASET } from "../cards/map-organization-card.ts";
import { plainText } from "../cards/plain-text.ts";
import type { Turn } from "../dialogs/turn.ts";
import { authorize, refusal } from "../services/access/authorize.ts";
import { suggestOrganizations } from "../services/organizations/suggest-organizations.ts";
import type { OrganizationStore } from "../services/ports/stores.ts";

/** The answer to the `application/search` invoke: results, or an error as Teams knows it. */
export interface SearchAnswer {
  readonly statusCode: number;
  readonly type: "application/vnd.microsoft.search.searchResponse" | "application/vnd.microsoft.error";
  readonly value:
    | { readonly results: readonly { readonly title: string; readonly value: string }[] }
    | { readonly code: string; readonly message: string };
}

/** What Teams asks for where it does not say how many. */
const USUAL_TOP = 15;

const query = z.object({
  kind: z.literal("search").optional(),
  queryText: z.string().max(500).nullish(),
  queryOptions: z
    .object({
      skip: z.number().int().min(0).max(1_000_000).default(0),
      top: z.number().int().min(1).max(1_000).default(USUAL_TOP),
    })
    .nullish(),
  dataset: z.literal(ORGANIZATIONS_DATASET),
});

/**
 * Typeahead of a card's choices (`choices.data`, Data.Query): the account's organizations without a tenant, for those who
 * may connect one. What was typed is looked for anywhere in the name, names that start with it come first.
 */
export async function answerSearch(
  deps: { readonly organizations: Pick<OrganizationStore, "list"> },
  turn: Turn | null,
  value: unknown,
): Promise<SearchAnswer> {
  if (turn === null) return failure(403, "Forbidden", "Teams does not say who you are here.");
  const authorization = authorize(turn.role, "connectTenants");
  if (authorization.kind === "denied") return failure(403, "Forbidden", refusal(authorization));
  const asked = query.safeParse(value);
  if (!asked.success) return failure(400, "BadRequest", "This list cannot be searched.");
  const { queryText, queryOptions } = asked.data;
  const found = await suggestOrganizations(deps, {
    accountId: turn.account.id,
    text: queryText ?? "",
    offset: queryOptions?.skip ?? 0,
    limit: queryOptions?.top ?? USUAL_TOP,
  });
  const results = found.map(({ id, name }) => ({ title: plainText(name, 80), value: id }));
  return { statusCode: 200, type: "application/vnd.microsoft.search.searchResponse", value: { results } };
}

function failure(statusCode: number, code: string, message: string): SearchAnswer {
  return { statusCode, type: "application/vnd.microsoft.error", value: { code, message } };
}
