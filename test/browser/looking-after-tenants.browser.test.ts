import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium } from "./chromium.ts";
import { acceptConsent, connectByChat } from "./connect-by-chat.ts";
import { takePicture } from "./pictures.ts";
import type { PlaygroundPage } from "./playground-page.ts";
import { openSitting, type Sitting } from "./sitting.ts";

// What becomes of a connected tenant, in one sitting: each test goes on where the one before it stopped.
describe.skipIf(!hasChromium)("Looking after tenants", () => {
  let sitting: Sitting;
  let chat: PlaygroundPage;

  beforeAll(async () => {
    sitting = await openSitting();
    ({ chat } = sitting);
    await connectByChat(sitting, { organization: "Contoso Dental", customerAdmin: "Nora Castillo" });
  });
  afterAll(() => sitting?.close());

  /** The tenant's own card, opened from the list as it is now. */
  async function openTenant(organization: string): Promise<Locator> {
    await chat.say(`tenants ${organization}`);
    await chat.press(await chat.card("Tenants", organization, "Open"), "Open");
    return await chat.card(organization, "Auto‑resolve", "Sync now");
  }

  async function takeAway(permission: string, left: number): Promise<void> {
    const control = await sitting.control();
    await control.getByLabel("Permission").selectOption({ label: permission });
    await control.getByRole("button", { name: "Take this permission away" }).click();
    await control.getByText(`consent given, ${left} permissions`).waitFor();
  }

  it("names the permissions that are missing, what does not work without them, and who can mend it", async () => {
    await takeAway("SecurityAlert.ReadWrite.All (Microsoft Graph)", 26);
    await takeAway("Machine.Isolate (WindowsDefenderATP)", 25);
    await chat.press(await openTenant("Contoso Dental"), "Check permissions");
    const checked = await chat.card("Permissions checked: 25 of 27 granted");
    await takePicture("permissions-missing", checked);
    const words = await checked.textContent();
    expect(words).toContain("No alert is read, resolved or commented");
    expect(words).toContain("Devices are not isolated from chat");
    expect(words).toContain("An admin of the customer's tenant can mend this");
  });

  it("has them mended by a new consent, and shows how far alerts are read", async () => {
    await chat.press(await chat.card("Permissions checked"), "Send consent link again");
    const consent = await chat.card("Consent again: Contoso Dental", "Waiting for consent");
    await takePicture("consent-again", consent);
    await acceptConsent(sitting, consent, {
      heading: "Consent again: Contoso Dental and Harbor Ridge Security",
      customerAdmin: "Nora Castillo",
    });
    const mended = await chat.card("Consent was given again");
    await takePicture("consent-again-granted", mended);
    const words = await mended.textContent();
    expect(words).toContain("✓ Connected");
    expect(words).toContain("27 of 27");
    expect(words).not.toContain("unknown");
  });

  it("moves the tenant to another organization once a colleague approves", async () => {
    await chat.press(await openTenant("Contoso Dental"), "Move");
    const target = await chat.card("Which organization is it of?");
    await target.getByLabel("Or a new organization").fill("Contoso Clinics");
    await chat.press(target, "Continue");
    const preview = await chat.card("Move Contoso Dental's tenant", "Preview");
    await takePicture("move-preview", preview);
    await chat.press(preview, "Ask to move");
    await chat.card("Move Contoso Dental's tenant", "Waiting for approval", "Take back");

    const approval = await colleaguesCard("Waiting for approval");
    await takePicture("move-approval", approval);
    await approval.getByRole("button", { name: "Approve" }).click();
    await colleaguesCard("Approved by Mina Okafor");
    await chat.page.bringToFront();
    const moved = await chat.card("Move Contoso Dental's tenant", "Approved by Mina Okafor");
    await takePicture("move-done", moved);
    expect(await moved.textContent()).toContain("The tenant belongs to Contoso Clinics now");
  });

  /** On the control page; it is loaded anew until the bot has told the colleague. */
  async function colleaguesCard(words: string): Promise<Locator> {
    let card: Locator | null = null;
    await expect
      .poll(
        async () => {
          card = (await sitting.control()).locator("form.card", { hasText: words });
          return await card.count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    if (card === null) throw new Error(`The colleague was not told: ${words}`);
    return card;
  }

  it("takes the move back", async () => {
    await chat.page.bringToFront();
    await chat.press(await chat.card("Approved by Mina Okafor"), "Undo");
    const undone = await chat.card("Undone by Avery Stone");
    expect(await undone.textContent()).toContain("The tenant belongs to Contoso Dental again");
  });

  it("says what goes with a tenant before it is removed, and gives that along", async () => {
    await chat.card("Contoso Dental", "Auto-resolved and commented", "Claim");
    await chat.say("settings Contoso Dental");
    await chat.card("Settings for Contoso Dental", "Save");
    await chat.press(await openTenant("Contoso Dental"), "Remove");
    const question = await chat.card("Remove Contoso Dental's tenant?", "Export first");
    await takePicture("remove-tenant", question);
    await chat.press(question, "Export first");
    const exported = await chat.card("Remove Contoso Dental's tenant?", "Download JSON");
    const downloading = chat.page.waitForEvent("download");
    await chat.press(exported, "Download JSON");
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^watchdesk-tenant-[\d-]{10}\.json$/);
    expect(JSON.parse(await readFile(await download.path(), "utf8"))).toMatchObject({
      organizationName: "Contoso Dental",
    });
  });

  it("removes it, says how the customer takes the consent back, and marks what was on screen", async () => {
    await chat.press(await chat.card("Remove Contoso Dental's tenant?", "Download JSON"), "Remove");
    const removed = await chat.card("Contoso Dental's tenant is removed");
    await takePicture("tenant-removed", removed);
    expect(await removed.textContent()).toContain("Enterprise applications");
    await takePicture("alert-retired", await chat.card("No longer watched · Contoso Dental"));
  });

  it("answers the button of an old card with who removed the tenant", async () => {
    await chat.press(await chat.card("Settings for Contoso Dental", "Save"), "Save");
    const answer = await chat.card("Contoso Dental's tenant was removed by Avery Stone");
    await takePicture("old-card", answer);
    expect(await answer.textContent()).toContain("Say “connect tenant” to connect it again");
  });
});
