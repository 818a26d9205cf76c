import layout from "./organizations-card.json" with { type: "json" };
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type OrganizationsCardData = {
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly rows: readonly { readonly organization: string; readonly tenant: string }[];
  readonly hasShown: boolean;
  readonly shown: string;
  readonly canFilter: boolean;
  readonly filter: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly hasNext: boolean;
  readonly nextOffset: string;
};

const render = compileCard<OrganizationsCardData>(layout);

/** A page of the account's organizations and the tenant each one has. */
export function organizationsCard(input: {
  readonly rows: readonly { readonly name: string; readonly tenantName: string | null }[];
  readonly offset: number;
  /** All organizations of the account, whatever the filter. */
  readonly total: number;
  readonly hasMore: boolean;
  readonly filter: string;
}): RenderedCard {
  const rows = input.rows.slice(0, PAGE_SIZE).map(({ name, tenantName }) => ({
    organization: inertText(name, 80),
    tenant: tenantName === null ? "No tenant connected" : `✓ Connected to ${inertText(tenantName, 120)}`,
  }));
  const filter = plainText(input.filter, 100);
  const page = pageWords({ offset: input.offset, count: rows.length, total: filter === "" ? input.total : null });
  return {
    summary: `Organizations: ${input.total}`,
    card: render({
      isEmpty: rows.length === 0,
      empty:
        filter === ""
          ? "There is no organization yet. Say “add organization” and its name, or “connect tenant”."
          : `No organization matches “${inertText(input.filter, 100)}”.`,
      rows,
      hasShown: page.shown !== "",
      shown: page.shown,
      canFilter: input.total > PAGE_SIZE || filter !== "",
      filter,
      hasPrevious: page.hasPrevious,
      previousOffset: page.previousOffset,
      hasNext: input.hasMore,
      nextOffset: page.nextOffset,
    }),
  };
}
