import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask as askAtOnce, expectCalmEnd, messagesSaying } from "./story.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("The audit log", () => {
  let house: House;
  let admin: Person;
  let ann: Person;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    ann = teams.addPerson({ name: "Ann Marsh" });
    await teams.install(ann);
    const team = teams.addTeam({ name: "SOC", members: [admin, ann] });
    await teams.install(admin, team.general);
    await teams.say(admin, team.general, "grant admin", { mentionPeople: [ann] });
    for (let place = 1; place <= 12; place += 1) await ask(admin, `add organization Customer ${place}`);
    await house.pass(60 * MINUTE);
    await ask(ann, "add organization Contoso Dental");
  });
  afterAll(() => house.close());

  /** Teams takes few messages a second in one conversation; people are slower than that. */
  async function ask(person: Person, words: string): Promise<string> {
    await house.pass(SECOND);
    return await askAtOnce(house, person, words);
  }
  async function auditCard(words: string): Promise<Message> {
    await house.pass(SECOND);
    const [message] = (await house.sandbox.teams.say(admin, "personal", words)).replies;
    if (message === undefined) throw new Error(`No answer to "${words}".`);
    return message;
  }
  const addressOf = (card: unknown) => String(actionsOf(card).find(({ type }) => type === "Action.OpenUrl")?.url);

  it("says who did what, where and when, by filters in plain words", async () => {
    const recent = await ask(admin, "audit last 30m");
    expect(recent).toContain("Organization add: Contoso Dental");
    expect(recent).toMatch(/Ann Marsh in a 1:1 chat, \d\d:\d\d UTC, \d+ \w+ \d{4}/);
    expect(recent).not.toContain("Customer 1");
    const roles = await ask(admin, "audit roles");
    expect(roles).toContain("Role grant: Ann Marsh");
    expect(roles).toMatch(/in SOC|in General|in this channel/);
    expect(roles).not.toContain("Organization add");
    const mine = await ask(admin, "audit by ann organizations contoso");
    expect(mine).toContain("Shown: with “contoso” in the target, verbs that begin with “organization”, by “ann”.");
    expect(mine).toContain("Contoso Dental");
    expect(await ask(admin, "audit by ann customer")).toContain("Nothing in the audit log fits.");
    expect(await ask(admin, "audit by me customer 12")).toContain("Customer 12");
  });

  it("goes through its pages, and filters on the card", async () => {
    const card = await auditCard("audit customer");
    const { teams } = house.sandbox;
    expect(JSON.stringify(card.base)).toContain("1 to 10, newest first");
    const second = answerOf(await teams.click(admin, card, "Next"));
    expect(second).toContain("11 to 12, newest first");
    expect(second).toMatch(/Customer 1\b/);
    expect(answerOf(await teams.click(admin, card, "Previous"))).toContain("Customer 12");
    expect(answerOf(await teams.click(admin, card, "Filter", { filter: "contoso" }))).toContain("Contoso Dental");
  });

  it("is exported in 1:1 by a link that works for 15 minutes, whoever opens it", async () => {
    const { teams } = house.sandbox;
    const team = teams.addTeam({ name: "Desk", members: [admin, ann] });
    await teams.install(admin, team.general);
    const answer = answerOf(await teams.say(admin, team.general, "audit export customer last 2h"));
    expect(answer).toContain("I have answered in our 1:1 chat");
    expect(answer).not.toContain("/download/");
    const [card] = messagesSaying(house, admin, "Audit log export");
    if (card === undefined) throw new Error("No export in the 1:1 chat.");
    const url = addressOf(teams.card(card));
    expect(url.startsWith(`${house.publicUrl}/download/`)).toBe(true);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="watchdesk-audit-[\d-]{10}\.csv"$/,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const lines = (await response.text()).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 12);
    expect(lines[1]).toContain(`${admin.name},`);
    expect(await ask(admin, "audit exports")).toContain("audit log as CSV");

    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { method: "POST" })).status).toBe(405);
    for (const address of [
      `${url}x`,
      `${house.publicUrl}/download/short`,
      `${house.publicUrl}/download/${"A".repeat(43)}`,
    ]) {
      const none = await fetch(address);
      expect(none.status).toBe(404);
      expect(await none.text()).toContain("Ask Watchdesk for a new one in Teams");
    }
    await house.pass(15 * MINUTE);
    expect((await fetch(url)).status).toBe(404);
  });

  it("ends its links with the role of whoever asked", async () => {
    const [card] = (await house.sandbox.teams.say(ann, "personal", "audit export")).replies;
    const url = addressOf(card && house.sandbox.teams.card(card));
    expect((await fetch(url)).status).toBe(200);
    await ask(admin, `revoke ${ann.objectId}`);
    expect((await fetch(url)).status).toBe(404);
    expect(await ask(ann, "audit export")).toContain("You have no role");
    expect(await ask(ann, "audit verify")).toContain("You have no role");
  });

  it("is proven whole by `audit verify`, which is in the log itself", async () => {
    const words = await ask(admin, "audit verify");
    expect(words).toContain("The audit log holds");
    expect(words).toMatch(/\d+ rows in \d+ chains? hold: nothing was altered, removed or reordered/);
    expect(await ask(admin, "audit")).toContain("Audit verify");
    const card = await auditCard("audit");
    const again = answerOf(await house.sandbox.teams.click(admin, card, "Verify"));
    expect(again).toContain("The audit log holds");
  });

  // By hand in Cosmos DB: test/contract/store/cosmos-audit-chain.test.ts.
  it("broken by hand in the database, is found, and says where", async () => {
    if (house.store.kind !== "sqlite") return expectCalmEnd(house);
    const file = new DatabaseSync(house.settings.SQLITE_PATH ?? "");
    file.exec("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted");
    file.exec(`UPDATE audit SET body = replace(body, 'Customer 7', 'Customer 8') WHERE target = 'Customer 7'`);
    expect(await ask(admin, "audit verify")).toMatch(
      /The audit log is broken[\s\S]+First break: row \d+ of the account in \d{4}-\d\d: this row is not what was written/,
    );
    file.exec(`UPDATE audit SET body = replace(body, 'Customer 8', 'Customer 7') WHERE target = 'Customer 7'`);
    expect(await ask(admin, "audit verify")).toContain("The audit log holds");
    file.exec("DELETE FROM audit WHERE target = 'Customer 9'");
    expect(await ask(admin, "audit verify")).toContain("rows before this one are gone");
    file.close();
    expectCalmEnd(house);
  });
});
