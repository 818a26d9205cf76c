import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { accountPeople } from "../sandbox/world/people.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Somebody else of the account, with the bot installed. */
async function colleague(house: House, nth: number): Promise<Person> {
  const found = house.world.people[nth];
  if (found === undefined) throw new Error("The world has too few people.");
  const person = house.sandbox.teams.addPerson({
    name: found.displayName,
    objectId: found.objectId,
    userPrincipalName: found.userPrincipalName,
  });
  await house.sandbox.teams.install(person);
  return person;
}

/** Says `move tenant`, chooses a new organization and asks; gives the requester's message. */
async function askToMove(house: House, by: Person, words: string, to: string): Promise<Message> {
  const { teams } = house.sandbox;
  const [message] = (await teams.say(by, "personal", `move tenant ${words}`)).replies;
  if (message === undefined) throw new Error("The bot did not answer `move tenant`.");
  await teams.click(by, message, "move.choose", { newOrganization: to });
  await teams.click(by, message, "move.request");
  await house.settle();
  return message;
}

describe("A tenant mapped to the wrong organization, with a second admin", () => {
  let house: House;
  let admin: Person;
  let second: Person;
  let fresh: Person;
  let tenantId: string;

  beforeAll(async () => {
    const both = accountPeople.slice(0, 2).map(({ objectId }) => objectId);
    house = await openHouse({ settings: { ACCOUNT_ADMINS: both.join(",") } });
    admin = await adminOf(house);
    second = await colleague(house, 1);
    fresh = await colleague(house, 2);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    await connectTenant(house, admin, { organization: "Fabrikam Logistics", key: "B" });
    const team = house.sandbox.teams.addTeam({ name: "SOC", members: [admin, second, fresh] });
    await house.sandbox.teams.install(admin, team.general);
    await house.sandbox.teams.say(admin, team.general, "grant admin", { mentionPeople: [fresh] });
    house.world.arrive(tenantId, { title: "Seen before the move", severity: "high", status: "inProgress" });
    await house.pass(61_000);
  });
  afterAll(() => house.close());

  let mine: Message;
  let theirs: Message;

  it("offers organizations without a tenant alone, and says which tenant the others have", async () => {
    await ask(house, admin, "add organization Contoso Clinics");
    const [card] = (await house.sandbox.teams.say(admin, "personal", "move tenant contoso dental")).replies;
    if (card === undefined) throw new Error("No card.");
    expect(JSON.stringify(card.base)).toContain("Contoso Clinics");
    expect(JSON.stringify(card.base)).not.toContain("Fabrikam Logistics");
    await house.sandbox.teams.click(admin, card, "move.choose", { newOrganization: "fabrikam logistics" });
    expect(wordsOf(card, admin)).toContain("Fabrikam Logistics has a tenant already: Fabrikam Logistics");
    expect(await ask(house, admin, "cancel")).toContain("Stopped");
  });

  it("typed instead of chosen, a name is understood as well", async () => {
    await ask(house, admin, "move tenant contoso dental");
    expect(await ask(house, admin, "contoso  CLINICS")).toContain("Preview");
  });

  it("to a new organization is a preview first, and the organization is made when it is asked for", async () => {
    const { teams } = house.sandbox;
    const [card] = (await teams.say(admin, "personal", "move tenant contoso dental")).replies;
    if (card === undefined) throw new Error("No card.");
    await teams.click(admin, card, "move.choose", { newOrganization: "Contoso **Labs**" });
    expect(wordsOf(card, admin)).toContain("Contoso **Labs** is new: it is added when you ask".replaceAll("*", "\\*"));
    expect(await ask(house, admin, "organizations")).not.toContain("Labs");
  });

  it("shows what moves, changes nothing by itself, and is announced to the other admins", async () => {
    mine = await askToMove(house, admin, "contoso dental", "Contoso Clinics");
    const words = wordsOf(mine, admin);
    expect(words).toContain("Waiting for approval");
    expect(words).toContain("Contoso Dental");
    expect(words).toContain("1 alert, 1 card shown, no settings of its own");
    theirs = oneSaying(house, second, "Waiting for approval");
    expect(wordsOf(theirs)).toContain(`Asked by\n${admin.name}`);
    expect(messagesSaying(house, fresh, "Waiting for approval")).toHaveLength(1);
    expect(await ask(house, admin, "tenants")).not.toContain("Contoso Clinics");
  });

  it("is not asked for twice", async () => {
    const [message] = (await house.sandbox.teams.say(second, "personal", "move tenant contoso dental")).replies;
    if (message === undefined) throw new Error("No card.");
    const turn = await house.sandbox.teams.click(second, message, "move.choose", { newOrganization: "Contoso Three" });
    expect(answerOf(turn)).toContain(`${admin.name} asked to move this tenant to Contoso Clinics`);
  });

  it("is not approved by whoever asked, nor by an admin of less than 24 hours", async () => {
    // As if the requester's client had the approvers' card.
    mine.views.set(admin.objectId, house.sandbox.teams.card(theirs));
    const own = await house.sandbox.teams.click(admin, mine, "move.approve");
    expect(own.notice).toContain("You asked for this move, so another admin has to approve it");
    const early = oneSaying(house, fresh, "Waiting for approval");
    const refused = await house.sandbox.teams.click(fresh, early, "move.approve");
    expect(refused.notice).toMatch(/You can approve moves from \d\d:\d\d UTC/);
    mine.views.clear();
  });

  it("is carried out once a second admin approves, and every card says so", async () => {
    const others = oneSaying(house, fresh, "Waiting for approval");
    const asItStood = house.sandbox.teams.card(others);
    await house.sandbox.teams.click(second, theirs, "move.approve");
    await house.settle();
    // As if the other admin had clicked at the same moment: their card still had the button.
    others.views.set(fresh.objectId, asItStood);
    const late = await house.sandbox.teams.click(fresh, others, "move.decline");
    expect(late.notice).toMatch(new RegExp(`decided already. Approved by ${second.name}, \\d\\d:\\d\\d UTC`));
    others.views.clear();
    for (const message of [mine, theirs]) {
      expect(wordsOf(message)).toContain("✓ Moved");
      expect(wordsOf(message)).toContain(`Approved by ${second.name}`);
    }
    const list = await ask(house, admin, "tenants");
    expect(list).toContain("Contoso Clinics");
    expect(list).not.toContain("Contoso Dental\n");
    await house.pass(30_000);
    expect(wordsOf(oneSaying(house, admin, "Seen before the move"))).toContain("Contoso Clinics");
  });

  it("is undone by any admin: the tenant belongs to the old organization again, and its cards say so", async () => {
    const late = oneSaying(house, fresh, "✓ Moved");
    const raw = await house.sandbox.teams.click(fresh, late, "move.undo");
    expect(answerOf(raw)).toContain(`Undone by ${fresh.name}`);
    await house.settle();
    theirs.views.clear();
    expect(wordsOf(theirs)).toContain("↩ Undone");
    expect(wordsOf(theirs)).toContain(`Undone by ${fresh.name}`);
    await house.pass(30_000);
    expect(wordsOf(oneSaying(house, admin, "Seen before the move"))).toContain("Contoso Dental");
  });

  it("can be undone for 15 minutes, and not after", async () => {
    const again = await askToMove(house, admin, "contoso dental", "Contoso Clinics");
    const [asked] = messagesSaying(house, second, "Waiting for approval");
    if (asked === undefined) throw new Error("Nothing is asked.");
    await house.sandbox.teams.click(second, asked, "move.approve");
    await house.pass(14 * MINUTE);
    const undoCard = house.sandbox.teams.card(again);
    expect(JSON.stringify(undoCard)).toContain("move.undo");
    await house.pass(2 * MINUTE);
    expect(JSON.stringify(house.sandbox.teams.card(again))).not.toContain("move.undo");
    again.views.set(admin.objectId, undoCard);
    const late = await house.sandbox.teams.click(admin, again, "move.undo");
    expect(late.notice).toContain("A move can be undone for 15 minutes");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
  });

  it("is declined by any admin, or ends after seven days", async () => {
    const first = await askToMove(house, admin, "contoso clinics", "Contoso Four");
    const [asked] = messagesSaying(house, fresh, "Waiting for approval");
    if (asked === undefined) throw new Error("Nothing is asked.");
    await house.sandbox.teams.click(fresh, asked, "move.decline");
    await house.settle();
    expect(wordsOf(first)).toContain(`Declined by ${fresh.name}`);
    const next = await askToMove(house, admin, "contoso clinics", "Contoso Four");
    await house.pass(7 * 24 * HOUR + MINUTE);
    expect(wordsOf(next)).toContain("Ended without an approval");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
  });

  it("has its whole history in the audit log", async () => {
    const words = await ask(house, admin, "audit");
    expect(words).toContain("Contoso Dental → Contoso Clinics");
    expectCalmEnd(house);
  });
});

describe("A tenant mapped to the wrong organization, with a sole admin", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
  });
  afterAll(() => house.close());

  it("is moved after 24 hours in which anybody could object", async () => {
    const card = await askToMove(house, admin, "contoso dental", "Contoso Clinics");
    expect(wordsOf(card)).toContain("Waiting 24 hours");
    expect(wordsOf(card)).toContain("unless an admin declines");
    await house.pass(23 * HOUR);
    expect(await ask(house, admin, "tenants")).toContain("Contoso Dental");
    await house.restart();
    await house.pass(HOUR + MINUTE);
    expect(wordsOf(card)).toContain("✓ Moved");
    expect(wordsOf(card)).toContain("Carried out after 24 hours without an objection");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
  });

  it("is taken back by whoever asked", async () => {
    const card = await askToMove(house, admin, "contoso clinics", "Contoso Two");
    await house.sandbox.teams.click(admin, card, "move.cancel");
    expect(wordsOf(card, admin)).toContain(`Taken back by ${admin.name}`);
    await house.pass(25 * HOUR);
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
    expectCalmEnd(house);
  });

  it("is not moved to an organization that got a tenant meanwhile, and says which", async () => {
    const card = await askToMove(house, admin, "contoso clinics", "Fabrikam Logistics");
    await connectTenant(house, admin, { organization: "Fabrikam Logistics", key: "B" });
    await house.pass(24 * HOUR + MINUTE);
    expect(wordsOf(card)).toContain("Fabrikam Logistics has a tenant meanwhile: Fabrikam Logistics");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Clinics");
  });
});
