import { type BrowserContext, errors, type Locator, type Page } from "playwright-core";

/** The demo reads every 5 s; its first alert comes 8 s after the consent. */
const ANSWER_MILLISECONDS = 30_000;

/** The Personal Chat of the Agents Playground, as its user sees it. */
export interface PlaygroundPage {
  readonly page: Page;
  /** Types one line and sends it; the Playground joins the lines of a longer text. */
  say(text: string): Promise<void>;
  /** The newest card that has all of these texts on it; waits until there is one. */
  card(...texts: string[]): Promise<Locator>;
  /** Picks a choice of one of the card's lists. */
  choose(card: Locator, label: string, choice: string): Promise<void>;
  /** Presses a button of the card, also one behind its "More options", without waiting for what it does. */
  press(card: Locator, button: string): Promise<void>;
}

export async function openPlaygroundPage(context: BrowserContext, url: string): Promise<PlaygroundPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(ANSWER_MILLISECONDS);
  // Only decoration comes from there, and the test needs no network.
  await page.route(/cdn\.office\.net/, (route) => route.abort());
  await page.goto(url);
  await page.getByRole("treeitem", { name: "Personal Chat" }).waitFor();
  const hideLog = page.getByRole("button", { name: "Hide log panel" });
  if (await hideLog.isVisible()) await hideLog.click();
  const input = page.locator("[contenteditable=true]").first();
  return {
    page,
    say: async (text) => {
      // Chromium slows pages down that lie behind another tab.
      await page.bringToFront();
      await input.click();
      await page.keyboard.type(text);
      await page.getByRole("button", { name: "Send Message" }).click();
    },
    card: async (...texts) => {
      let found = page.locator(".ac-adaptiveCard");
      for (const text of texts) found = found.filter({ hasText: text });
      await found.last().waitFor({ timeout: ANSWER_MILLISECONDS });
      return found.last();
    },
    choose: async (card, label, choice) => {
      await card.getByRole("combobox", { name: label, exact: true }).click();
      await page.getByRole("option", { name: choice, exact: true }).click();
    },
    press: async (card, name) => {
      // What opens an address is a button by its looks and a link by its role.
      const button = card
        .getByRole("button", { name, exact: true })
        .or(card.getByRole("link", { name, exact: true }))
        .last();
      if ((await button.count()) === 0 && (await pressInMenu(page, card, name))) return;
      await button.click();
    },
  };
}

/** The client closes a menu, or leaves it outside the window, while it scrolls to a new card: it is opened again then. */
const MENU_ATTEMPTS = 8;
const MENU_MILLISECONDS = 2_000;

/** Looks behind the card's "More options", where the client puts secondary actions; false where none is called so. */
async function pressInMenu(page: Page, card: Locator, name: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pressInOpenedMenu(page, card, name);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === MENU_ATTEMPTS) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

async function pressInOpenedMenu(page: Page, card: Locator, name: string): Promise<boolean> {
  const timeout = MENU_MILLISECONDS;
  for (const more of await card.getByRole("button", { name: "More options" }).all()) {
    await more.click();
    await page.getByRole("menuitem").first().waitFor({ timeout });
    const item = page.getByRole("menuitem", { name, exact: true });
    if ((await item.count()) > 0) {
      await item.press("Enter", { timeout });
      return true;
    }
    await page.keyboard.press("Escape");
  }
  return false;
}
