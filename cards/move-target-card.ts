import layout from "./move-target-card.json" with { type: "json" };
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type MoveTargetCardData = {
  readonly title: string;
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly text: string;
  readonly hasOrganizations: boolean;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly truncated: boolean;
  readonly newLabel: string;
  readonly newOrganization: string;
  readonly tenantId: string;
};

/** More choices make the card too heavy for Teams. */
export const TARGET_CHOICES = 100;

const render = compileCard<MoveTargetCardData>(layout);

/** Asks to which organization a tenant is to be moved; `problem` says what was wrong with the last answer. */
export function moveTargetCard(input: {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly organizationName: string;
  /** Organizations without a tenant, at most TARGET_CHOICES of them are shown. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly problem: string | null;
  readonly newOrganization: string | null;
}): RenderedCard {
  const { organizations } = input;
  const hasOrganizations = organizations.length > 0;
  return {
    summary: `Move ${plainText(input.organizationName, 80)}'s tenant: where to?`,
    card: render({
      title: `Move ${inertText(input.organizationName, 80)}'s tenant`,
      hasProblem: input.problem !== null,
      problem: sentences(input.problem ?? "", 400),
      text: `${inertText(input.tenantName, 120)} is moved with its alerts, cards and settings. Which organization is it of? Those that have a tenant are not in the list.`,
      hasOrganizations,
      organizations: organizations
        .slice(0, TARGET_CHOICES)
        .map(({ id, name }) => ({ id: plainText(id, 300), name: plainText(name, 80) })),
      truncated: organizations.length > TARGET_CHOICES,
      newLabel: hasOrganizations ? "Or a new organization" : "New organization",
      newOrganization: plainText(input.newOrganization ?? "", 80),
      tenantId: plainText(input.tenantId, 100),
    }),
  };
}
