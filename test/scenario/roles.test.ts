import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Conversation, Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const SOON = 61_000;
const MINUTE = 60_000;
const ACCOUNT = "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001";
const OTHER_ACCOUNT = "7a7a7a7a-0000-4000-8000-00000000abcd";
const OTHER_ADMIN = "7b7b7b7b-0000-4000-8000-00000000abcd";

describe("Roles", () => {
  let house: House;
  let admin: Person;
  let mina: Person;
  let jonas: Person;
  let guest: Person;
  let stranger: Person;
  let channel: Conversation;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse({
      settings: {
        ACCOUNTS: `${ACCOUNT}=Harbor Ridge Security,${OTHER_ACCOUNT}=Cedar Watch`,
        ACCOUNT_ADMINS: `9f0c1b7e-51f4-4f0a-8a43-1d2c00000001,${OTHER_ADMIN}`,
      },
    });
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    const colleague = (nth: number) => {
      const person = house.world.people[nth];
      if (person === undefined) throw new Error("The world has too few people.");
      const { displayName: name, objectId, userPrincipalName } = person;
      return teams.addPerson({ name, objectId, userPrincipalName });
    };
    mina = colleague(1);
    jonas = colleague(2);
    guest = teams.addPerson({ name: "Gale Visitor", userRole: "guest" });
    stranger = teams.addPerson({ name: "Robin Vale", objectId: OTHER_ADMIN, tenantId: OTHER_ACCOUNT });
    for (const person of [mina, jonas]) await teams.install(person);
    const team = teams.addTeam({ name: "SOC", members: [admin, mina, jonas, guest] });
    channel = team.general;
    await teams.install(admin, channel);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    await house.pass(MINUTE);
  });
  afterAll(() => house.close());

  const inChannel = async (person: Person, text: string, mentionPeople: Person[] = []) =>
    answerOf(await house.sandbox.teams.say(person, channel, text, { mentionPeople }));
  const arrive = async (title: string): Promise<void> => {
    house.world.arrive(tenantId, { template: "ransomware", severity: "high", title });
    await house.pass(SOON);
  };

  it("nobody has one until granted: everything but help is refused in a sentence", async () => {
    for (const command of ["tenants", "alerts", "settings", "connect tenant", "grant admin @me", "roles", "audit"]) {
      const answer = await ask(house, mina, command);
      expect(answer).toContain("You have no role in Watchdesk yet");
      await house.pass(5000);
    }
    expect(await ask(house, mina, "help")).toContain("What I can do for you");
  });

  it("a click on somebody else's card is judged by who clicks", async () => {
    await arrive("Nobody's business");
    const card = oneSaying(house, admin, "Nobody's business");
    const turn = await house.sandbox.teams.click(mina, card, "alert.claim");
    expect(turn.notice).toContain("You have no role in Watchdesk yet, and this needs an analyst");
    expect(wordsOf(card)).toContain("Unclaimed");
  });

  it("granted by mention in a channel", async () => {
    expect(await inChannel(admin, "grant viewer", [mina])).toContain(`${mina.name} has the role viewer now`);
    expect(await ask(house, mina, "tenants")).toContain("Contoso Dental");
    expect(await ask(house, mina, "sync")).toContain("This needs an admin");
    expect(await inChannel(mina, "grant admin", [mina])).toContain("This needs an admin");
  });

  it("granted by object id or sign-in name in 1:1, checked against a roster", async () => {
    await house.pass(MINUTE);
    expect(await ask(house, admin, `grant analyst ${mina.userPrincipalName}`)).toContain(
      `${mina.name} has the role analyst now instead of viewer`,
    );
    expect(await ask(house, admin, `grant analyst ${jonas.objectId}`)).toContain(`${jonas.name} has the role analyst`);
    expect(await ask(house, admin, "grant analyst nobody@harborridge.example")).toContain("Nobody in");
    expect(await ask(house, admin, "grant owner @somebody")).toContain("Say which role");
  });

  it("revoked: the next click and command are refused", async () => {
    await house.pass(MINUTE);
    expect(await ask(house, admin, `revoke ${jonas.objectId}`)).toContain("no longer has the role analyst");
    expect(await ask(house, jonas, "alerts")).toContain("You have no role in Watchdesk yet");
    expect(await ask(house, admin, `revoke ${admin.objectId}`)).toContain("by the bot's configuration");
  });

  it("`post alerts here` moves where alerts go, and may make members analysts", async () => {
    await house.pass(MINUTE);
    expect(await inChannel(mina, "post alerts here")).toContain("This needs an admin");
    const turn = await house.sandbox.teams.say(admin, channel, "post alerts here");
    const [bound] = turn.replies as [Message];
    await house.sandbox.teams.click(admin, bound, "channel.bind", { membersAreAnalysts: "true" });
    await arrive("For the channel");
    expect(messagesSaying(house, channel, "For the channel")).toHaveLength(1);
    expect(messagesSaying(house, admin, "For the channel")).toHaveLength(0);
  });

  it("members of that channel are analysts there, and nowhere else", async () => {
    const card = oneSaying(house, channel, "For the channel");
    await house.sandbox.teams.click(jonas, card, "alert.claim");
    await house.settle();
    expect(wordsOf(card)).toContain(`Claimed by ${jonas.name}`);
    expect(await ask(house, jonas, "alerts")).toContain("You have no role in Watchdesk yet");
  });

  it("guests of that channel are not", async () => {
    await arrive("Not for guests");
    const card = oneSaying(house, channel, "Not for guests");
    const turn = await house.sandbox.teams.click(guest, card, "alert.claim");
    expect(turn.notice).toContain("You have no role in Watchdesk yet");
    expect(await inChannel(guest, "tenants")).toContain("You have no role in Watchdesk yet");
    expect(wordsOf(card)).toContain("Unclaimed");
  });

  it("a group chat gives no role by itself, and can be bound as well", async () => {
    await house.pass(MINUTE);
    const chat = house.sandbox.teams.addGroupChat("Night shift", [admin, jonas]);
    await house.sandbox.teams.install(admin, chat);
    expect(answerOf(await house.sandbox.teams.say(jonas, chat, "tenants"))).toContain("You have no role");
    await house.sandbox.teams.say(admin, chat, "post alerts here");
    await arrive("For both places");
    expect(messagesSaying(house, chat, "For both places")).toHaveLength(1);
    expect(messagesSaying(house, channel, "For both places")).toHaveLength(1);
  });

  it("an admin of another account has no role in a chat of this one", async () => {
    await house.pass(MINUTE);
    const chat = house.sandbox.teams.addGroupChat("With a visitor", [admin, stranger]);
    await house.sandbox.teams.install(admin, chat);
    for (const command of ["post alerts here", "add organization Trojan", `grant admin ${stranger.objectId}`, "sync"]) {
      const answer = answerOf(await house.sandbox.teams.say(stranger, chat, command));
      expect(`${command}: ${answer}`).toContain("You have no role in Watchdesk yet");
    }
    expect(answerOf(await house.sandbox.teams.say(stranger, chat, "tenants"))).not.toContain("Contoso Dental");
  });

  it("are listed, and stand in the audit log", async () => {
    await house.pass(MINUTE);
    const roles = await ask(house, admin, "roles");
    expect(roles).toContain(mina.name);
    expect(roles).toContain("SOC");
    expect(await ask(house, admin, "audit")).toMatch(/Role (grant|revoke)/i);
    expectCalmEnd(house);
  });
});
