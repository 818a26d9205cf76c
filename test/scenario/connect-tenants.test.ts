import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask as askAtOnce, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const HOUR = 3_600_000;
const LIST = [
  "Contoso Dental",
  "Tailspin Toys, tailspin.example",
  "Fabrikam Logistics",
  "Northwind Legal, northwind-legal.example",
  "fabrikam  LOGISTICS",
  "=1+1",
  "Nobody Ltd., no-such-tenant.example",
  `${"x".repeat(81)}`,
].join("\n");

interface Line {
  readonly link: string;
  readonly state: string;
  readonly ends: string;
  readonly domain: string;
}

/** A downloaded CSV by organization; no cell of it has a line end within. */
function linesOf(csv: string): Map<string, Line> {
  const rows = csv
    .slice(1)
    .trimEnd()
    .split("\r\n")
    .map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2] ?? ""));
  return new Map(
    rows
      .slice(1)
      .map(([name = "", domain = "", link = "", ends = "", state = ""]) => [name, { domain, link, ends, state }]),
  );
}

describe("An onboarding day: `connect tenants`", () => {
  let house: House;
  let admin: Person;
  let preview: Message;
  let openUrl: string;
  let lines: Map<string, Line>;

  const ask = async (text: string) => {
    await house.pass(1_500);
    return await askAtOnce(house, admin, text);
  };
  const say = async (text: string, options: { files?: ReturnType<House["sandbox"]["teams"]["shareFile"]>[] } = {}) => {
    await house.pass(1_500);
    const message = (await house.sandbox.teams.say(admin, "personal", text, options)).replies.at(-1);
    if (message === undefined) throw new Error(`No answer to "${text.slice(0, 50)}".`);
    return message;
  };
  const make = async (message: Message): Promise<string> => {
    const turn = await house.sandbox.teams.click(admin, message, "links.make");
    return turn.notice ?? wordsOf(message, admin);
  };
  const download = async (message: Message): Promise<Map<string, Line>> => {
    const card = house.sandbox.teams.card(message, admin);
    const url = String(actionsOf(card).find((action) => String(action.url).includes("/download/"))?.url);
    const response = await fetch(url);
    expect(response.headers.get("content-disposition")).toMatch(/watchdesk-consent-links-\d{4}-\d\d-\d\d\.csv/);
    // Not text(), which drops the byte order mark.
    return linesOf(Buffer.from(await response.arrayBuffer()).toString("utf8"));
  };
  const cardsOf = (words: string) => messagesSaying(house, admin, words);
  const lineOf = (name: string): Line => {
    const line = lines.get(name);
    if (line === undefined) throw new Error(`${name} is not among ${[...lines.keys()].join(", ")}`);
    return line;
  };

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await house.pass(2_000);
    ({ consentUrl: openUrl } = await beginConnection(house, admin, { organization: "Tailspin Toys" }));
    await ask("add organization Fabrikam Logistics");
  });
  afterAll(() => house.close());

  it("asks for the list, and offers all organizations without a tenant", async () => {
    const question = await ask("connect tenants");
    expect(question).toContain("one per line, with the customer's domain after a comma");
    expect(question).toContain("to take every organization without a tenant (2)");
  });

  it("shows what would be made, kept, added and what is wrong, and makes nothing yet", async () => {
    preview = await say(LIST);
    const words = wordsOf(preview);
    expect(words).toContain("4 links to make, 1 open already, 1 connected already, 2 lines with a problem");
    expect(words).toContain("Get a link (1)\nFabrikam Logistics");
    expect(words).toContain("Are added and get a link (3)\nNorthwind Legal · northwind-legal.example");
    expect(words).toContain("Keep their open link (1)\nTailspin Toys");
    expect(words).toContain("Connected already (1)\nContoso Dental");
    expect(words).toContain("Line 5: fabrikam LOGISTICS · the same as line 3");
    expect(words).toContain("The name is longer than 80 characters.");
    expect(await ask("organizations")).not.toContain("Northwind");
    expect(await ask("tenants")).not.toContain("Fabrikam");
  });

  it("makes the links and gives them as a file; no card but this one is posted", async () => {
    const before = house.sandbox.teams.messages(admin).length;
    expect(await make(preview)).toContain(
      "3 links made, 1 open already and kept, 1 connected already, 3 lines with a problem",
    );
    await house.pass(2_000);
    expect(house.sandbox.teams.messages(admin).length).toBe(before);
    lines = await download(preview);
    expect([...lines.keys()]).toEqual([
      "Contoso Dental",
      "Tailspin Toys",
      "Fabrikam Logistics",
      "Northwind Legal",
      "fabrikam LOGISTICS",
      "'=1+1",
      "Nobody Ltd.",
      "x".repeat(81),
    ]);
    expect(lineOf("Contoso Dental")).toMatchObject({
      domain: "contoso-dental.example",
      link: "",
      state: "linked already",
    });
    expect(lineOf("Tailspin Toys")).toMatchObject({ link: openUrl });
    expect(lineOf("Tailspin Toys").state).toContain("open: A link is open that expects no domain");
    expect(lineOf("Fabrikam Logistics")).toMatchObject({ domain: "", state: "new" });
    expect(lineOf("Northwind Legal")).toMatchObject({ domain: "northwind-legal.example", state: "new" });
    expect(lineOf("Northwind Legal").ends).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(lineOf("fabrikam LOGISTICS")).toMatchObject({ link: "", state: "The same organization stands on line 3." });
    expect(lineOf("'=1+1").state).toBe("new");
    expect(lineOf("Nobody Ltd.").state).toBe("Microsoft knows no tenant with this domain.");
    const organizations = await ask("organizations");
    expect(organizations).toContain("Northwind Legal");
    expect(organizations).not.toContain("Nobody Ltd.");
    const audit = await ask("audit last 1h consent");
    expect(audit).toContain("3 links made, 1 open already, 1 linked already, 3 with a problem");
    expect(audit).toContain("Consent begin: Northwind Legal");
  });

  it("confirmed once more, it gives the same links and makes none", async () => {
    const again = await say("connect tenants\nFabrikam Logistics\nNorthwind Legal");
    expect(wordsOf(again)).toContain("0 links to make, 2 open already");
    expect(await make(again)).toContain("0 links made, 2 open already and kept");
    const same = await download(again);
    expect(same.get("Fabrikam Logistics")).toEqual({ ...lineOf("Fabrikam Logistics"), state: "open" });
    expect(same.get("Northwind Legal")).toEqual({ ...lineOf("Northwind Legal"), state: "open" });
  });

  it("a link with a domain leads to a connection, and its card comes then", async () => {
    await walkConsent(newBrowser(), lineOf("Northwind Legal").link, { user: "admin-c" });
    await house.until("connected", () => cardsOf("Northwind Legal\n✓ Connected").length === 1);
    expect(wordsOf(oneSaying(house, admin, "Northwind Legal\n✓ Connected"))).toContain("Permissions\n27 of 27");
    await house.pass(60_000);
    expect(cardsOf("Northwind Legal\n✓ Connected")).toHaveLength(1);
  });

  it("a link without a domain posts the card that asks, and connects once the requester says yes", async () => {
    const { link } = lineOf("Fabrikam Logistics");
    const page = await newBrowser().open(link);
    expect(page.html).toContain("Fabrikam Logistics");
    await walkConsent(newBrowser(), link, { user: "admin-b" });
    await house.until("the card asks", () => cardsOf("Connect Fabrikam Logistics\n◐ Waiting for your").length === 1);
    const card = oneSaying(house, admin, "Connect Fabrikam Logistics\n◐ Waiting for your");
    expect(wordsOf(card)).toContain("fabrikam.example");
    await house.sandbox.teams.click(admin, card, "consent.confirm");
    await house.until(
      "connected",
      () => wordsOf(card, admin).includes("✓ Connected") || wordsOf(card).includes("✓ Connected"),
    );
    expect(cardsOf("Fabrikam Logistics\n✓ Connected")).toHaveLength(1);
  });

  it("a link that meets an obstacle is told, on one card that is edited from then on", async () => {
    const { link } = lineOf("'=1+1");
    await walkConsent(newBrowser(), link, { user: "admin-a" });
    await house.until("told", () => cardsOf("already connected to another organization").length === 1);
    const browser = newBrowser();
    await browser.follow(await browser.open(link), "go=1");
    await house.until("edited", () => cardsOf("Connect \\=1+1\n◐ Opened").length === 1);
    expect(cardsOf("Connect \\=1+1")).toHaveLength(1);
  });

  it("the file of before says what became of them, as long as its link works", async () => {
    const now = await download(preview);
    expect(now.get("Northwind Legal")).toMatchObject({ link: "", state: "connected" });
    expect(now.get("Fabrikam Logistics")).toMatchObject({ link: "", state: "connected" });
    expect(now.get("'=1+1")).toMatchObject({ link: lineOf("'=1+1").link, state: "new" });
  });

  it("`all` takes what has no tenant, an attached CSV its columns, and a preview can be cancelled", async () => {
    await ask("connect tenants");
    const all = await say("All");
    expect(wordsOf(all)).toContain("0 links to make, 2 open already, 0 connected already");
    const cancelled = await house.sandbox.teams.click(admin, all, "links.cancel");
    expect(answerOf(cancelled)).toContain("No link was made");
    await ask("connect tenants");
    const content = 'Domain,Name\nlitware.example,"Litware, Inc."\n';
    const fromFile = await say("", { files: [house.sandbox.teams.shareFile("customers.csv", content)] });
    expect(wordsOf(fromFile)).toContain("Litware, Inc. · litware.example");
    await house.pass(HOUR + 1_000);
    expect(await make(fromFile)).toContain("This preview is over");
  });

  it("a list of more than 1,000, or of nothing, is answered in one sentence", async () => {
    await ask("connect tenants");
    const many = Array.from({ length: 1_001 }, (_, at) => `Customer ${at}`).join("\n");
    expect(wordsOf(await say(many))).toContain("1,001 organizations; 1,000 can be connected at a time");
    expect(wordsOf(await say("a;b\n1;2"))).toContain("none is called `name`");
    expect(await ask("cancel")).toContain("Stopped. Nothing was changed.");
    expectCalmEnd(house);
  });
});

describe("`connect tenants` elsewhere", () => {
  it("asked in a channel, its list is previewed in 1:1; viewers are refused, and a crafted click gives no link away", async () => {
    const house = await openHouse();
    try {
      const admin = await adminOf(house);
      const { teams } = house.sandbox;
      const viewer = teams.addPerson({ name: "Vic Viewer", objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c0000000f" });
      await teams.install(viewer);
      const team = teams.addTeam({ name: "SOC", members: [admin, viewer] });
      await teams.install(admin, team.general);
      expect(await askAtOnce(house, viewer, "connect tenants\nContoso Dental")).toContain("needs an admin");
      const turn = await teams.say(admin, team.general, "connect tenants\nContoso Dental, contoso-dental.example");
      expect(answerOf(turn)).toContain("Let's connect tenants in our 1:1 chat");
      const preview = oneSaying(house, admin, "1 link to make");
      await house.pass(2_000);
      const [help] = (await teams.say(admin, team.general, "help")).replies;
      if (help === undefined) throw new Error("No help.");
      help.views.set(admin.objectId, teams.card(preview));
      const crafted = await teams.click(admin, help, "links.make");
      expect(answerOf(crafted)).toContain("does not belong here");
      expect(JSON.stringify(teams.messages(team.general).map(({ base }) => base))).not.toContain("/download/");
      expect(messagesSaying(house, admin, "1 link made")).toHaveLength(1);
      expectCalmEnd(house);
    } finally {
      await house.close();
    }
  });
});
