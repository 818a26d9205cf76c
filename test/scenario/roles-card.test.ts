import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Conversation, Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask as askAtOnce, expectCalmEnd } from "./story.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe("Roles", () => {
  let house: House;
  let admin: Person;
  let ann: Person;
  let tom: Person;
  let guest: Person;
  let channel: Conversation;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    ann = teams.addPerson({ name: "Ann Marsh" });
    tom = teams.addPerson({ name: "Tom *Okafor*", userPrincipalName: "tom@account.example" });
    guest = teams.addPerson({ name: "Gil Guest", userRole: "guest" });
    for (const person of [ann, tom]) await teams.install(person);
    channel = teams.addTeam({ name: "SOC", members: [admin, ann, tom, guest] }).general;
    await teams.install(admin, channel);
  });
  afterAll(() => house.close());

  /** Teams takes few messages a second in one conversation; people are slower than that. */
  const ask = async (person: Person, words: string) => {
    await house.pass(SECOND);
    return await askAtOnce(house, person, words);
  };
  const say = async (person: Person, words: string, mentionPeople: Person[] = []) => {
    await house.pass(SECOND);
    return answerOf(await house.sandbox.teams.say(person, channel, words, { mentionPeople }));
  };
  async function rolesCard(person: Person): Promise<Message> {
    await house.pass(SECOND);
    const [message] = (await house.sandbox.teams.say(person, "personal", "roles")).replies;
    if (message === undefined) throw new Error("No answer to `roles`.");
    return message;
  }
  const grant = async (person: Person, card: Message, inputs: Record<string, string>) =>
    answerOf(await house.sandbox.teams.click(person, card, "roles.grant", inputs));
  const revoke = async (person: Person, card: Message, whom: Person) =>
    answerOf(
      await house.sandbox.teams.click(person, card, (action) =>
        JSON.stringify(action.data).includes(whom.objectId.toLowerCase()),
      ),
    );

  it("are granted on the card, by sign-in name or as the People Picker gives it, and checked against the roster", async () => {
    const card = await rolesCard(admin);
    expect(JSON.stringify(card.base)).toContain("graph.microsoft.com/users?scope=currentContext");
    expect(await grant(admin, card, { typed: "tom@account.example", role: "viewer" })).toContain(
      "has the role viewer now",
    );
    expect(await ask(tom, "tenants")).not.toContain("You have no role");
    expect(await grant(admin, card, { picked: ann.objectId, role: "admin" })).toContain(
      "Ann Marsh has the role admin now.",
    );
    expect(await grant(admin, card, { typed: "nobody@account.example" })).toContain("Nobody in the roster is");
    expect(await grant(admin, card, {})).toContain("Say whom");
    expect(await grant(admin, card, { picked: tom.objectId, typed: "ann.marsh@account.example" })).toContain(
      "Leave one of the two empty",
    );
    expect(await grant(admin, card, { picked: `${tom.objectId},${ann.objectId}` })).toContain("one person at a time");
    expect(await grant(admin, card, { typed: "28:another-bot" })).toContain("Only people have roles");
    expect(await grant(admin, card, { typed: admin.objectId })).toContain("by the bot's configuration already");
  });

  it("read as names were written: no markdown of a name comes alive", async () => {
    expect(JSON.stringify((await rolesCard(admin)).base)).toContain(String.raw`Tom \\*Okafor\\*`);
    expect(await say(admin, "grant viewer", [tom])).toContain(String.raw`Tom \*Okafor\*`);
  });

  it("by mention: one person, however often, no bot, and a guest by name", async () => {
    expect(await say(admin, "grant analyst", [tom, tom])).toContain("has the role analyst now instead of viewer");
    expect(await say(admin, "grant analyst", [tom, ann])).toContain("Name one person at a time");
    expect(await say(admin, "grant analyst", [{ ...tom, name: "Other bot", mri: "28:0000" }])).toContain(
      "Other bot is a bot. Only people have roles.",
    );
    expect(await say(admin, "grant analyst")).toContain("Say whom");
    expect(await say(guest, "alerts")).toContain("You have no role");
    expect(await say(admin, "grant viewer", [guest])).toContain(
      "Gil Guest has the role viewer now. They are a guest here",
    );
    expect(await say(guest, "roles")).not.toContain("You have no role");
    expect(await say(admin, "revoke", [guest])).toContain("Gil Guest no longer has the role viewer");
  });

  it("show the channels that give one", async () => {
    const [bound] = (await house.sandbox.teams.say(admin, channel, "post alerts here")).replies;
    if (bound === undefined) throw new Error("No answer to `post alerts here`.");
    await house.sandbox.teams.click(admin, bound, "channel.bind");
    expect(await ask(admin, "roles")).toContain("Members of");
  });

  it("of two admins with the same card, tell the second who did what and when", async () => {
    const [first, second] = [await rolesCard(admin), await rolesCard(ann)];
    await house.pass(MINUTE);
    expect(await revoke(admin, first, tom)).toContain("no longer has the role analyst");
    const told = await revoke(ann, second, tom);
    expect(told).toMatch(
      new RegExp(String.raw`${admin.name} took Tom .+'s role away at \d\d:\d\d UTC, .+ after this was shown`),
    );
    expect(told).toContain("Nothing of yours was changed");
    expect(await ask(tom, "settings")).toContain("You have no role");
  });

  it("leave the last admins alone: configured ones only by configuration, and oneself with care", async () => {
    expect(await ask(ann, `revoke ${admin.objectId}`)).toContain("can only be removed there");
    expect(await revoke(ann, await rolesCard(ann), ann)).toContain("Ann Marsh no longer has the role admin");
    expect(await ask(ann, `grant admin ${ann.objectId}`)).toContain("You have no role");
  });

  it("leave somebody to give them, who is told why the last admin stays", async () => {
    const { ACCOUNTS = "", ACCOUNT_ADMINS = "" } = house.settings;
    await say(admin, "grant admin", [ann]);
    // Whoever runs the bot named another account's admin in place of this one's.
    house.settings.ACCOUNTS = `${ACCOUNTS},7a7a7a7a-0000-4000-8000-00000000abcd=Cedar Watch`;
    house.settings.ACCOUNT_ADMINS = "7b7b7b7b-0000-4000-8000-00000000abcd";
    await house.restart();
    const card = await rolesCard(ann);
    expect(await revoke(ann, card, ann)).toContain("Ann Marsh is the last admin. Make somebody else an admin first");
    expect(await ask(ann, `grant viewer ${ann.objectId}`)).toContain("Ann Marsh is the last admin");
    await say(ann, "grant admin", [tom]);
    expect(await revoke(ann, await rolesCard(ann), ann)).toContain("Ann Marsh no longer has the role admin");
    expect(await ask(tom, `revoke ${tom.objectId}`)).toContain("is the last admin");
    Object.assign(house.settings, { ACCOUNTS, ACCOUNT_ADMINS });
    await house.restart();
    expect(await ask(admin, `revoke ${tom.objectId}`)).toContain("no longer has the role admin");
  });

  it("are nobody's whose activity names two tenants or no person", async () => {
    const { teams } = house.sandbox;
    await house.pass(SECOND);
    const turn = await teams.say(admin, "personal", "roles");
    const { activity } = turn;
    const elsewhere = { ...activity, id: "1", channelData: { tenant: { id: "99999999-0000-4000-8000-000000000000" } } };
    expect((await teams.resend({ ...turn, activity: elsewhere })).status).toBe(401);
    const nobody = { ...activity, id: "2", from: { id: admin.mri, name: admin.name } };
    expect(answerOf(await teams.resend({ ...turn, activity: nobody }))).toContain("Teams does not say who you are");
  });

  it("have no controls for those who may not give them, and a forged click is refused", async () => {
    await say(admin, "grant viewer", [tom]);
    const card = await rolesCard(tom);
    expect(JSON.stringify(card.base)).not.toMatch(/roles\.(grant|revoke)|Input\./);
    const editable = await rolesCard(admin);
    card.views.set(tom.objectId, house.sandbox.teams.card(editable));
    expect(await grant(tom, card, { typed: "tom@account.example", role: "admin" })).toContain("This needs an admin");
    expect(await revoke(tom, card, tom)).toContain("This needs an admin");
    expectCalmEnd(house);
  });
});
