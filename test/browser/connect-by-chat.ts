import type { Locator } from "playwright-core";
import type { Sitting } from "./sitting.ts";

const PHONE = { width: 390, height: 844 };

/** Called with a name and what is on the screen at each station of a journey, where somebody may want to take a picture. */
export type Look = (name: string, of: Locator) => Promise<void>;

const NO_LOOK: Look = async () => undefined;

export interface Connection {
  readonly connected: Locator;
  /** From the customer's Accept to the card that says Connected. */
  readonly milliseconds: number;
}

/** Connects a new organization's tenant in chat, with the customer's admin of that name, and confirms the tenant found. */
export async function connectByChat(
  sitting: Sitting,
  input: { organization: string; customerAdmin: string },
  look: Look = NO_LOOK,
): Promise<Connection> {
  const { chat } = sitting;
  const { organization } = input;
  await chat.say("connect tenant");
  const mapping = await chat.card("Connect a tenant");
  // The picker that searches is not found as a combobox in the Playground; the typed name chooses the organization as well.
  await mapping.getByLabel("Or a new organization").fill(organization);
  await look("connect-tenant", mapping);
  await chat.press(mapping, "Continue");
  const consent = await chat.card(`Connect ${organization}`, "Waiting for consent");
  await look("consent-link", consent);
  const heading = `Connect ${organization} to`;
  const accepted = await acceptConsent(sitting, consent, { heading, customerAdmin: input.customerAdmin }, look);
  const confirmation = await chat.card(`Connect ${organization}`, "Waiting for your confirmation");
  await look("confirm-tenant", confirmation);
  await chat.press(confirmation, "Confirm");
  const connected = await chat.card(organization, "Connected", "Coverage");
  return { connected, milliseconds: Date.now() - accepted };
}

/** Opens a consent card's link in a tab with that heading, signs in, and accepts; gives the moment of Accept. */
export async function acceptConsent(
  { chat, context }: Pick<Sitting, "chat" | "context">,
  consent: Locator,
  input: { heading: string; customerAdmin: string },
  look: Look = NO_LOOK,
): Promise<number> {
  const opened = context.waitForEvent("page");
  await chat.press(consent, "Sign in with Microsoft");
  const tab = await opened;
  await tab.setViewportSize(PHONE);
  await tab.getByRole("heading", { name: input.heading }).waitFor();
  await look("consent-start", tab.locator("body"));
  await tab.getByRole("link", { name: "Continue to Microsoft sign-in" }).click();
  await tab.getByRole("button", { name: input.customerAdmin }).click();
  await tab.getByRole("heading", { name: "Tenant found" }).waitFor();
  await look("consent-tenant-found", tab.locator("body"));
  await tab.getByRole("link", { name: "Continue to Microsoft's permission prompt" }).click();
  await tab.getByRole("button", { name: "Accept" }).waitFor();
  const accepted = Date.now();
  await tab.getByRole("button", { name: "Accept" }).click();
  await tab.getByRole("heading", { name: "Permissions granted" }).waitFor();
  await look("consent-granted", tab.locator("body"));
  await tab.close();
  return accepted;
}
