import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import type { House } from "./house.ts";
import { oneSaying } from "./story.ts";

/** Opens a tenant's own card from the console, as this person. */
export async function openTenantCard(house: House, person: Person, organization: string): Promise<Message> {
  const [card] = (await house.sandbox.teams.say(person, "personal", `tenants ${organization}`)).replies;
  if (card === undefined) throw new Error("The bot did not answer `tenants`.");
  await house.sandbox.teams.click(person, card, "tenant.open");
  return card;
}

/** Clicks Send consent link again on a tenant's own card; gives the message with the consent card, and its link. */
export async function askAgain(
  house: House,
  person: Person,
  organization: string,
): Promise<{ card: Message; consentUrl: string }> {
  const opened = await openTenantCard(house, person, organization);
  await house.sandbox.teams.click(person, opened, "tenant.consentAgain");
  const card = oneSaying(house, person, `Consent again: ${organization}\n○ Waiting`);
  return { card, consentUrl: consentUrlOf(house, card) };
}

/** The link of a consent card. */
export function consentUrlOf(house: House, card: Message): string {
  const signIn = actionsOf(house.sandbox.teams.card(card)).find((action) => String(action.url).includes("/consent/"));
  return String(signIn?.url);
}
