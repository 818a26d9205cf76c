import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, howToInstall } from "./chromium.ts";
import { connectByChat } from "./connect-by-chat.ts";
import { takePicture } from "./pictures.ts";
import type { PlaygroundPage } from "./playground-page.ts";
import { openSitting, type Sitting } from "./sitting.ts";

const READY_WITHIN = 30_000;
const CONNECTED_WITHIN = 10_000;

if (!hasChromium) process.stdout.write(`The browser tests are skipped. ${howToInstall}\n`);

// What a newcomer does, as docs and demo tell it, in one sitting: each test goes on where the one before it stopped.
describe.skipIf(!hasChromium)("A first visit", () => {
  let sitting: Sitting;
  let chat: PlaygroundPage;

  beforeAll(async () => {
    sitting = await openSitting();
    ({ chat } = sitting);
  });
  afterAll(() => sitting?.close());

  it(`finds the demo ready within ${READY_WITHIN / 1000} s`, async () => {
    expect(sitting.demo.readyAfterMs).toBeLessThan(READY_WITHIN);
    await takePicture("welcome", await chat.card("Harbor Ridge Security", "Connect tenant"));
  });

  it("connects a tenant: organization, link, sign-in, consent, confirmation, and proven coverage in time", async () => {
    const { connected, milliseconds } = await connectByChat(
      sitting,
      { organization: "Contoso Dental", customerAdmin: "Nora Castillo" },
      takePicture,
    );
    const text = (await connected.textContent()) ?? "";
    await takePicture("connected", connected);
    process.stdout.write(`From consent to the first proven sync: ${milliseconds} ms.\n`);

    expect(milliseconds).toBeLessThan(CONNECTED_WITHIN);
    expect(text).toContain("27 of 27");
    expect(text).toMatch(/Coverage\s*proven up to \d\d:\d\d UTC/);
    expect(text).toContain("3 older open alerts");
  });

  it("shows an alert that was resolved and commented by policy", async () => {
    const card = await chat.card("Contoso Dental", "Auto-resolved and commented", "Reopen");
    await takePicture("alert-auto-resolved", card);
    expect(await card.textContent()).toContain("Suspicious PowerShell command line");
  });

  it("switches auto-resolve off for that tenant", async () => {
    await chat.say("settings Contoso Dental");
    const settings = await chat.card("Settings for Contoso Dental");
    await takePicture("settings", settings);
    await chat.choose(settings, "Auto-resolve", "Off");
    await chat.press(settings, "Save");
    const saved = await chat.card("Settings for Contoso Dental", "set by Avery Stone");
    await takePicture("settings-saved", saved);
    expect(await saved.textContent()).toContain("Auto-resolve");
  });

  it("leaves the next alert open, and it is claimed", async () => {
    const control = await sitting.control();
    await control.getByRole("button", { name: "New alert" }).first().click();
    const open = await chat.card("Not auto-resolved: off for this tenant", "Unclaimed", "Claim");
    await takePicture("alert-open", open);
    await chat.press(open, "Claim");
    const claimed = await chat.card("Not auto-resolved", "Claimed by Avery Stone");
    await takePicture("alert-claimed", claimed);
    expect(await claimed.getByRole("button", { name: "Claim", exact: true }).count()).toBe(0);
    await control.reload();
    expect(await control.locator("table").first().textContent()).toContain("avery.stone@harborridge.example");
  });

  it("follows what is done in the Defender portal", async () => {
    const control = await sitting.control();
    await control.getByRole("button", { name: "Resolve in portal" }).first().click();
    const card = await chat.card("Resolved in the Defender portal");
    expect(await card.textContent()).toContain("Reopen");
  });

  it("lists the tenant with its coverage, and says what else there is", async () => {
    await chat.say("tenants");
    const tenants = await chat.card("Contoso Dental", "Connected", "Last synced");
    await takePicture("tenants", tenants);
    await chat.say("help");
    const help = await chat.card("connect tenant", "settings");
    await takePicture("help", help);
    expect(await help.textContent()).toContain("alerts");
  });

  it("leaves no process behind", async () => {
    expect(await sitting.demo.end("SIGTERM")).toBe(0);
    await expect(fetch(sitting.demo.playgroundUrl)).rejects.toThrow();
  });
});
