import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import type { House } from "./house.ts";

/** The admin of the account, with the bot installed in their 1:1 chat. */
export async function adminOf(house: House): Promise<Person> {
  const [first] = house.world.people;
  if (first === undefined) throw new Error("The world has no people.");
  const admin = house.sandbox.teams.addPerson({
    name: first.displayName,
    objectId: first.objectId,
    userPrincipalName: first.userPrincipalName,
  });
  await house.sandbox.teams.install(admin);
  return admin;
}

/** Says `connect tenant` and maps an organization; gives the message that carries the consent card, and its link. */
export async function beginConnection(
  house: House,
  admin: Person,
  input: { organization: string; domain?: string },
): Promise<{ messageId: string; consentUrl: string }> {
  const { teams } = house.sandbox;
  const asked = await teams.say(admin, "personal", "connect tenant");
  const mapping = asked.replies.at(-1);
  if (mapping === undefined) {
    const errors = house.logged.map(({ sentence, cause }) => `${sentence} ${cause === undefined ? "" : String(cause)}`);
    throw new Error(`The bot did not answer "connect tenant": ${asked.status}\n${errors.slice(-5).join("\n")}`);
  }
  await teams.click(admin, mapping, "connect.map", { newOrganization: input.organization, domain: input.domain ?? "" });
  const card = teams.card(mapping);
  const signIn = actionsOf(card).find((action) => String(action.url).includes("/consent/start"));
  return { messageId: mapping.id, consentUrl: String(signIn?.url) };
}

/** Connects one of the world's tenants from the first word to the first proven sync. */
export async function connectTenant(
  house: House,
  admin: Person,
  input: { organization: string; key: "A" | "B" | "C" | "D" },
): Promise<{ tenantId: string; messageId: string }> {
  const tenant = house.world.tenant(input.key);
  const domain = tenant.verifiedDomains[0]?.name ?? "";
  const { messageId, consentUrl } = await beginConnection(house, admin, { organization: input.organization, domain });
  await walkConsent(newBrowser(), consentUrl, { user: `admin-${input.key.toLowerCase()}` });
  const { teams } = house.sandbox;
  await house.until("the tenant is connected", () => {
    const message = teams.messages(admin).find(({ id }) => id === messageId);
    return JSON.stringify(message?.base ?? {}).includes("Connected");
  });
  return { tenantId: tenant.tenantId, messageId };
}
