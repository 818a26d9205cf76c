import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask as askAtOnce, expectCalmEnd, wordsOf } from "./story.ts";

const HOUR = 3_600_000;
const HOSTILE = "**Contoso** [Sign in](https://evil.example) <at>Everyone</at>";

/** Asks as a person does, with a moment between two messages: Teams' windows are kept. */
async function ask(house: House, person: Person, text: string): Promise<string> {
  await house.pass(1_500);
  return await askAtOnce(house, person, text);
}

describe("Organizations: import and rename", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
  });
  afterAll(() => house.close());

  /** Sends a list to the open import, pasted or attached; gives the message with the preview. */
  async function preview(text: string, file?: { name: string; content: string | Buffer }): Promise<Message> {
    const files = file === undefined ? [] : [house.sandbox.teams.shareFile(file.name, file.content)];
    await house.pass(1_500);
    const turn = await house.sandbox.teams.say(admin, "personal", text, { files });
    const message = turn.replies.at(-1);
    if (message === undefined) throw new Error("The import was not answered.");
    return message;
  }
  async function importAnew(text: string, file?: { name: string; content: string | Buffer }): Promise<Message> {
    expect(await ask(house, admin, "import organizations")).toContain("Paste the names");
    return await preview(text, file);
  }
  const confirm = async (message: Message) =>
    answerOf(await house.sandbox.teams.click(admin, message, "import.confirm"));

  it("imports 1,000 pasted names: nothing before Confirm, all of them after, once", async () => {
    const names = Array.from({ length: 1_000 }, (_, at) => `Customer ${String(at + 1).padStart(4, "0")}`);
    const message = await importAnew(names.join("\n"));
    const words = wordsOf(message);
    expect(words).toContain("1,000 new, 0 same, 0 wrong");
    expect(words).toContain("Customer 0020");
    expect(words).not.toContain("Customer 0021");
    expect(words).toContain("and 980 more");
    expect(await ask(house, admin, "organizations")).toContain("There is no organization yet");
    const card = house.sandbox.teams.card(message);
    expect(await confirm(message)).toContain("1,000 organizations are added");
    expect(wordsOf(message)).toContain("1,000 organizations are added");
    expect(await ask(house, admin, "organizations")).toContain("1 to 10 of 1000");
    // As if another client still showed the preview: its button is the one of an old card.
    message.views.set(admin.objectId, card);
    await house.pass(60_000);
    expect(await confirm(message)).toContain("This import is done: 1,000 organizations added.");
    expect(await ask(house, admin, "organizations")).toContain("1 to 10 of 1000");
    expect(await ask(house, admin, "audit")).toMatch(/import/i);
  });

  it("shows no markdown of a name alive in what it says", async () => {
    const said = await house.sandbox.teams.say(
      admin,
      "personal",
      `add organization Evil [Sign in](https://evil.example) **now**`,
    );
    const text = String(said.replies[0]?.base.text);
    expect(text).toContain("is added");
    expect(text).toContain("]\\(https://evil.example)");
    expect(text).toContain("\\*\\*now\\*\\*");
    expect(text).toContain("`connect tenant`");
  });

  it("reads an attached CSV: new, same and wrong names apart, each with its line", async () => {
    const content = `id,Name,city\n1,"Contoso, Ltd.",Oslo\n2,CUSTOMER 0001,\n3,contoso\u00A0 ltd,\n4,,Bergen\n5,${"x".repeat(81)},\n6,"contoso, ltd.",\n`;
    const message = await importAnew("", { name: "customers.csv", content });
    const words = wordsOf(message);
    expect(words).toContain("2 new, 2 same, 2 wrong");
    expect(words).toContain("CUSTOMER 0001 (line 3): in your list already");
    expect(words).toContain("contoso, ltd. (line 7): the same as line 2");
    expect(words).toContain("Line 5: no name");
    expect(words).toContain("Line 6: longer than 80 characters");
    expect(await confirm(message)).toContain("2 organizations are added");
    expect(JSON.stringify(house.logged)).not.toContain("tempauth");
  });

  it("shows hostile names as text, and keeps them as they are", async () => {
    const message = await importAnew(`${HOSTILE}\nGood\u202Eevil`);
    const card = JSON.stringify(house.sandbox.teams.card(message));
    expect(card).toContain("\\\\*\\\\*Contoso\\\\*\\\\*");
    expect(card).not.toContain("<at>");
    expect(card).not.toContain("https://evil.example");
    expect(card).not.toContain("\u202E");
    expect(wordsOf(message)).toContain("1 new, 0 same, 1 wrong");
    await confirm(message);
    const list = await house.sandbox.teams.say(admin, "personal", "organizations **contoso");
    expect(JSON.stringify(list.replies[0]?.base)).not.toContain("<at>");
  });

  it.each<[string, string, { name: string; content: string | Buffer } | undefined, string]>([
    ["an empty file", "", { name: "empty.csv", content: " \r\n" }, "There is no name in this list."],
    ["a header alone", "name\n\n", undefined, "There is no name in this list."],
    ["several columns without a name", "a;b\n1;2", undefined, "none is called `name`"],
    [
      "50,001 lines",
      "",
      { name: "many.csv", content: Array.from({ length: 50_001 }, (_, at) => `C${at}`).join("\n") },
      "This list has 50,001 lines; an import takes up to 50,000.",
    ],
    ["a file of more than 2 MB", "", { name: "big.csv", content: "x".repeat(2 * 1024 * 1024 + 1) }, "larger than 2 MB"],
    ["a workbook", "", { name: "list.xlsx", content: Buffer.from("PK\u0003\u0004\u0000") }, "Save the sheet as CSV"],
  ])("answers %s in one sentence and goes on waiting", async (_what, text, file, sentence) => {
    const message = await importAnew(text, file);
    expect(wordsOf(message)).toContain(sentence);
    expect(await ask(house, admin, "cancel")).toContain("Stopped. Nothing was changed.");
  });

  it("reads no file from anywhere else", async () => {
    await ask(house, admin, "import organizations");
    const attachment = house.sandbox.teams.shareFile("list.csv", "name\nSneaky");
    const content = { ...(attachment.content as object), downloadUrl: "http://127.0.0.1:9/list.csv" };
    const turn = await house.sandbox.teams.say(admin, "personal", "", { files: [{ ...attachment, content }] });
    expect(answerOf(turn)).toContain("Files are read only from where Teams keeps them.");
    expect(await ask(house, admin, "cancel")).toContain("Stopped");
  });

  it("takes the list in the very message that asks, even one whose lines are commands", async () => {
    const turn = await house.sandbox.teams.say(admin, "personal", "import organizations\nalerts\nAlert Logic\ncancel");
    const [message] = turn.replies;
    if (message === undefined) throw new Error("No preview.");
    expect(wordsOf(message)).toContain("3 new, 0 same, 0 wrong");
    const cancelled = answerOf(await house.sandbox.teams.click(admin, message, "import.cancel"));
    expect(cancelled).toContain("Nothing was imported");
    expect(await ask(house, admin, "organizations alert")).toContain("No organization matches");
  });

  it("lets a preview end after an hour", async () => {
    const message = await importAnew("Too late");
    await house.pass(HOUR + 1_000);
    expect(await confirm(message)).toContain("This preview is over");
    expect(await ask(house, admin, "organizations too late")).toContain("No organization matches");
  });

  it("renames, tells what stands in the way, and has it in the audit log", async () => {
    expect(await ask(house, admin, "rename organization contoso, ltd. to Contoso to Go")).toContain(
      "Contoso, Ltd. is called Contoso to Go from now on.",
    );
    expect(await ask(house, admin, 'rename organization Contoso to Go to "Contoso Dental"')).toContain(
      "Contoso to Go is called Contoso Dental from now on.",
    );
    expect(await ask(house, admin, "rename organization Contoso Dental to customer  0001")).toContain(
      "There is an organization called Customer 0001 already",
    );
    expect(await ask(house, admin, "rename organization Nobody to Somebody")).toContain(
      'No organization is called "Nobody"',
    );
    expect(await ask(house, admin, "rename organization Contoso Dental")).toContain("Type it as");
    expect(await ask(house, admin, `rename organization Contoso Dental to ${"x".repeat(81)}`)).toContain("up to 80");
    const audit = await ask(house, admin, "audit");
    expect(audit).toContain("Contoso to Go");
    expect(audit).toContain(admin.name);
  });

  it("lets nobody but admins import or rename, nor press another's buttons", async () => {
    const [, second] = house.world.people;
    const viewer = house.sandbox.teams.addPerson({ name: "Vera Viewer", objectId: second?.objectId ?? "" });
    await house.sandbox.teams.install(viewer);
    expect(await ask(house, viewer, "import organizations")).toContain("this needs an admin");
    expect(await ask(house, viewer, "rename organization A to B")).toContain("this needs an admin");
    const message = await importAnew("Hers alone");
    message.views.set(viewer.objectId, house.sandbox.teams.card(message));
    const turn = await house.sandbox.teams.click(viewer, message, "import.confirm");
    expect(turn.notice).toContain("this needs an admin");
    expect(await ask(house, admin, "organizations hers")).toContain("No organization matches");
    expectCalmEnd(house);
  });
});
