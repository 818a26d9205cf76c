import layout from "./map-organization-card.json" with { type: "json" };
import { plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type MapOrganizationCardData = {
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly hasOrganizations: boolean;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly truncated: boolean;
  readonly newLabel: string;
  readonly newOrganization: string;
  readonly domain: string;
};

/** More choices make the card too heavy for Teams. */
export const ORGANIZATION_CHOICES = 100;

const render = compileCard<MapOrganizationCardData>(layout);

/** Asks which organization the tenant is of; `problem` says what was wrong with the last answer, whose values are kept. */
export function mapOrganizationCard(input: {
  /** Organizations without a tenant, at most ORGANIZATION_CHOICES of them are shown. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly truncated: boolean;
  readonly problem: string | null;
  readonly values: { readonly newOrganization: string | null; readonly domain: string | null };
}): RenderedCard {
  const hasOrganizations = input.organizations.length > 0;
  return {
    summary: "Connect a tenant: which organization is it of?",
    card: render({
      hasProblem: input.problem !== null,
      problem: sentences(input.problem ?? "", 300),
      hasOrganizations,
      organizations: input.organizations
        .slice(0, ORGANIZATION_CHOICES)
        .map(({ id, name }) => ({ id: plainText(id, 300), name: plainText(name, 80) })),
      truncated: input.truncated || input.organizations.length > ORGANIZATION_CHOICES,
      newLabel: hasOrganizations ? "Or a new organization" : "New organization",
      newOrganization: plainText(input.values.newOrganization ?? "", 80),
      domain: plainText(input.values.domain ?? "", 253),
    }),
  };
}
