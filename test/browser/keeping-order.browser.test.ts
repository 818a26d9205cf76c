import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium } from "./chromium.ts";
import { takePicture } from "./pictures.ts";
import type { PlaygroundPage } from "./playground-page.ts";
import { openSitting, type Sitting } from "./sitting.ts";

const LIST = ["Adatum Clinics", "Blue Yonder Airlines", "contoso dental", "Fourth Coffee", "Blue Yonder Airlines"];
const TOO_LONG = "Wingtip Toys, 1 Market Square, 12345 Springfield, contract 4711, ask for Robin at the front desk";

// What an admin keeps in order, in one sitting: each test goes on where the one before it stopped.
describe.skipIf(!hasChromium)("Keeping order", () => {
  let sitting: Sitting;
  let chat: PlaygroundPage;

  beforeAll(async () => {
    sitting = await openSitting();
    ({ chat } = sitting);
    await chat.card("Harbor Ridge Security", "Connect tenant");
  });
  afterAll(() => sitting?.close());

  it("previews a pasted list: new, same and wrong names, each with its line", async () => {
    await chat.say("import organizations");
    await chat.page.getByText("Paste the names of your organizations here").last().waitFor();
    const control = await sitting.control();
    await control.getByLabel("Message").fill([...LIST, TOO_LONG].join("\n"));
    await control.getByRole("button", { name: "Send to Watchdesk" }).click();
    await control.getByRole("heading", { name: "Make things happen" }).waitFor();
    await chat.page.bringToFront();
    const preview = await chat.card("Import organizations");
    await takePicture("import-preview", preview);
    const words = await preview.textContent();
    expect(words).toContain("3 new, 2 same, 1 wrong");
    expect(words).toContain("contoso dental (line 3): in your list already");
    expect(words).toContain("Blue Yonder Airlines (line 5): the same as line 2");
    expect(words).toContain("Line 6: longer than 80 characters");
  });

  it("adds the new ones on Add, and they are in the list", async () => {
    await chat.press(await chat.card("Import organizations"), "Add 3 organizations");
    await chat.card("3 organizations are added");
    await chat.say("organizations coffee");
    await chat.card("Organizations", "Fourth Coffee");
  });

  it("grants a role on the card, and revokes it there", async () => {
    await chat.say("roles");
    const roles = await chat.card("Roles", "Mina Okafor", "Grant a role");
    await roles.getByLabel("Or type their sign-in name").fill("jonas.lindqvist@harborridge.example");
    await chat.press(roles, "Grant");
    const granted = await chat.card("Roles", "Jonas Lindqvist has the role analyst now");
    await takePicture("roles", granted);
    expect(await granted.textContent()).toContain("granted by Avery Stone");
    await granted.getByRole("button", { name: "Revoke" }).click();
    const revoked = await chat.card("Roles", "Jonas Lindqvist no longer has the role analyst");
    expect(await revoked.getByRole("button", { name: "Revoke" }).count()).toBe(0);
  });

  it("tells from the audit log who did what, by a filter", async () => {
    await chat.say("audit last 1h by avery");
    const audit = await chat.card("Audit log", "Role revoke: Jonas Lindqvist");
    await takePicture("audit", audit);
    expect(await audit.textContent()).toContain("Organization import");
    await audit.getByRole("textbox", { name: "Filter" }).fill("roles");
    await chat.press(audit, "Filter");
    const filtered = await chat.card("Audit log", "verbs that begin with “role”");
    expect(await filtered.textContent()).not.toContain("Organization import");
  });

  it("proves the audit log whole", async () => {
    await chat.say("audit verify");
    const verdict = await chat.card("The audit log holds");
    await takePicture("audit-verify", verdict);
    expect(await verdict.textContent()).toContain("nothing was altered, removed or reordered");
  });
});
