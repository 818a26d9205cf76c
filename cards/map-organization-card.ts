import layout from "./map-organization-card.json" with { type: "json" };
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type MapOrganizationCardData = {
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly hasOrganizations: boolean;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly hasNote: boolean;
  readonly note: string;
  readonly hasMore: boolean;
  readonly filter: string;
  readonly nextOffset: string;
  readonly newLabel: string;
  readonly newOrganization: string;
  readonly domain: string;
};

/** More choices make the card too heavy for Teams; clients with typeahead find the others as somebody types. */
export const ORGANIZATION_CHOICES = 100;
/** The typeahead's dataset of organizations without a tenant, as the layout names it. */
export const ORGANIZATIONS_DATASET = "organizations";

const render = compileCard<MapOrganizationCardData>(layout);

/** Asks which organization the tenant is of; `problem` says what was wrong with the last answer, whose values are kept. */
export function mapOrganizationCard(input: {
  /** Organizations without a tenant, from `offset` on; at most ORGANIZATION_CHOICES of them are shown, the others by "More choices". */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly offset: number;
  /** What was typed to find them; "" where nothing was. */
  readonly filter: string;
  readonly problem: string | null;
  readonly values: { readonly newOrganization: string | null; readonly domain: string | null };
}): RenderedCard {
  const hasOrganizations = input.organizations.length > 0;
  const hasMore = input.organizations.length > ORGANIZATION_CHOICES;
  const note = noteOf(input.filter, input.offset, Math.min(input.organizations.length, ORGANIZATION_CHOICES), hasMore);
  return {
    summary: "Connect a tenant: which organization is it of?",
    card: render({
      hasProblem: input.problem !== null,
      problem: sentences(input.problem ?? "", 300),
      hasOrganizations,
      organizations: input.organizations
        .slice(0, ORGANIZATION_CHOICES)
        .map(({ id, name }) => ({ id: plainText(id, 300), name: plainText(name, 80) })),
      hasNote: note !== "",
      note,
      hasMore,
      filter: plainText(input.filter, 100),
      nextOffset: String(input.offset + ORGANIZATION_CHOICES),
      newLabel: hasOrganizations ? "Or a new organization" : "New organization",
      newOrganization: plainText(input.values.newOrganization ?? "", 80),
      domain: plainText(input.values.domain ?? "", 253),
    }),
  };
}

function noteOf(filter: string, offset: number, count: number, hasMore: boolean): string {
  if (filter === "" && offset === 0 && !hasMore) return "";
  const range = `${offset + 1} to ${offset + count}`;
  const of = filter === "" ? "Choices" : `Names with “${inertText(filter, 80)}”:`;
  const more = hasMore ? " Type more of the name in the list, or send me a part of it as a message." : "";
  return `${of} ${range}.${more}`;
}
