import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { accountPeople } from "../sandbox/world/people.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd } from "./story.ts";

describe("Two admins, and cards that are older than what was done since", () => {
  let house: House;
  let admin: Person;
  let second: Person;

  beforeAll(async () => {
    const both = accountPeople.slice(0, 2).map(({ objectId }) => objectId);
    house = await openHouse({ settings: { ACCOUNT_ADMINS: both.join(",") } });
    admin = await adminOf(house);
    const { displayName = "", objectId = "" } = accountPeople[1] ?? {};
    second = house.sandbox.teams.addPerson({ name: displayName, objectId });
    await house.sandbox.teams.install(second);
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await house.pass(61_000);
  });
  afterAll(() => house.close());

  async function cardFor(person: Person, words: string, ...verbs: readonly string[]): Promise<Message> {
    const [card] = (await house.sandbox.teams.say(person, "personal", words)).replies;
    if (card === undefined) throw new Error(`No card for "${words}".`);
    for (const verb of verbs) await house.sandbox.teams.click(person, card, verb);
    return card;
  }
  const click = async (person: Person, card: Message, verb: string, inputs = {}) =>
    answerOf(await house.sandbox.teams.click(person, card, verb, inputs));

  it("saves what was changed on a settings card, and not what somebody else changed since", async () => {
    const old = await cardFor(second, "settings contoso");
    await house.pass(1_000);
    const off = await cardFor(admin, "settings contoso");
    expect(await click(admin, off, "settings.save", { autoResolve: "off" })).toContain("auto-resolve is off");
    expect(await click(second, old, "settings.save", { comment: "off" })).toContain("Saved: comments are off.");
    expect(await ask(house, admin, "settings contoso")).toContain(`Now off (tenant setting, set by ${admin.name}`);
  });

  it("tells the second admin who changed the same setting and when, and stores nothing of theirs", async () => {
    const old = await cardFor(second, "settings contoso");
    await house.pass(1_000);
    const on = await cardFor(admin, "settings contoso");
    await click(admin, on, "settings.save", { autoResolve: "on" });
    const answer = await click(second, old, "settings.save", { autoResolve: "inherit" });
    expect(answer).toMatch(new RegExp(`${admin.name} changed this \\d\\d:\\d\\d UTC, [^:]+: auto-resolve is on`));
    expect(answer).toContain("Nothing of yours was stored");
    expect(await ask(house, admin, "settings contoso")).toContain(`Now on (tenant setting, set by ${admin.name}`);
  });

  it("tells the second of two who pause who was first", async () => {
    const cards = [
      await cardFor(admin, "tenants", "tenant.open"),
      await cardFor(second, "tenants", "tenant.open"),
    ] as const;
    expect(await click(admin, cards[0], "tenant.pause")).toContain("Paused: its alerts are not read");
    const answer = await click(second, cards[1], "tenant.pause");
    expect(answer).toMatch(new RegExp(`${admin.name} paused it \\d\\d:\\d\\d UTC`));
    await click(admin, cards[0], "tenant.resume");
  });

  it("removes no tenant that was connected anew after the card that asks was made", async () => {
    const old = await cardFor(second, "tenants", "tenant.open", "tenant.remove");
    const card = await cardFor(admin, "tenants", "tenant.open", "tenant.remove");
    expect(await click(admin, card, "tenant.removeConfirmed")).toContain("removed");
    await house.pass(61_000);
    await connectTenant(house, admin, { organization: "Contoso Clinics", key: "A" });
    const answer = await click(second, old, "tenant.removeConfirmed");
    expect(answer).toContain(`This tenant was connected anew by ${admin.name}`);
    expect(answer).toContain("Remove Contoso Clinics's tenant?");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
    expectCalmEnd(house);
  });
});
