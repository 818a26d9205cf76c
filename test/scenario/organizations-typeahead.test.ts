import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, oneSaying, wordsOf } from "./story.ts";

const COUNT = 2_000;

describe("Typeahead of organizations", () => {
  let house: House;
  let admin: Person;
  let card: Message;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    const names = Array.from({ length: COUNT }, (_, at) => `Customer ${String(at).padStart(4, "0")}`);
    const list = [...names, "Contoso Legal", "The Contoso Shop", "Alpine Contoso"].join("\n");
    const preview = (await house.sandbox.teams.say(admin, "personal", `import organizations\n${list}`)).replies[0];
    if (preview === undefined) throw new Error("No preview.");
    await house.sandbox.teams.click(admin, preview, "import.confirm");
  });
  afterAll(() => house.close());

  async function mappingCard(): Promise<Message> {
    const [message] = (await house.sandbox.teams.say(admin, "personal", "connect tenant")).replies;
    if (message === undefined) throw new Error("No mapping card.");
    return message;
  }
  const titles = async (typed: string) =>
    (await house.sandbox.teams.search(admin, card, "organizationId", typed)).results.map(({ title }) => title);

  it("offers those whose name starts with what is typed, then those that contain it, none that has a tenant", async () => {
    card = await mappingCard();
    expect(await titles("CONT")).toEqual(["Contoso Legal", "Alpine Contoso", "The Contoso Shop"]);
    expect(await titles("customer 19")).toHaveLength(15);
    expect(await titles("1999")).toEqual(["Customer 1999"]);
    expect(await titles("contoso dental")).toEqual([]);
    expect(await titles("")).toHaveLength(15);
    expect(await titles("%_'\u0000\"")).toEqual([]);
  });

  it("connects what was found, though the card never listed it", async () => {
    expect(JSON.stringify(house.sandbox.teams.card(card))).not.toContain("Customer 1999");
    const [found] = (await house.sandbox.teams.search(admin, card, "organizationId", "1999")).results;
    await house.sandbox.teams.click(admin, card, "connect.map", {
      organizationId: found?.value,
      newOrganization: "",
      domain: "",
    });
    expect(wordsOf(card)).toContain("Connect Customer 1999");
  });

  it("shows matching choices for a part of a name that is typed as a message, and pages of all", async () => {
    const first = await mappingCard();
    expect(wordsOf(first)).toContain("Choices 1 to 100.");
    const next = answerOf(await house.sandbox.teams.click(admin, first, "connect.find"));
    expect(next).toContain("Choices 101 to 200.");
    expect(next).not.toContain("Alpine Contoso");
    const typed = await ask(house, admin, "contoso");
    expect(typed).toContain("Names with “contoso”: 1 to 3.");
    expect(typed).toContain("The Contoso Shop");
    expect(typed).not.toContain("Customer 0001");
    expect(await ask(house, admin, "The Contoso shop")).toContain("Connect The Contoso Shop");
  });

  it("a renamed organization's cards follow", async () => {
    house.world.arrive(tenantId, { template: "eicar", title: "Seen before the rename" });
    await house.pass(61_000);
    const alert = oneSaying(house, admin, "Seen before the rename");
    expect(wordsOf(alert)).toContain("Contoso Dental");
    await ask(house, admin, "rename organization Contoso Dental to Contoso Smiles");
    await house.settle();
    expect(wordsOf(alert)).toContain("Contoso Smiles");
    expect(wordsOf(alert)).not.toContain("Contoso Dental");
    expect(await ask(house, admin, "tenants")).toContain("Contoso Smiles");
  });

  it("answers admins alone, and only what the card may ask", async () => {
    const [, second] = house.world.people;
    const viewer = house.sandbox.teams.addPerson({ name: "Vera Viewer", objectId: second?.objectId ?? "" });
    await house.sandbox.teams.install(viewer);
    const open = await mappingCard();
    open.views.set(viewer.objectId, house.sandbox.teams.card(open));
    const refused = await house.sandbox.teams.search(viewer, open, "organizationId", "contoso");
    expect(refused.results).toEqual([]);
    expect(refused.refused).toContain("this needs an admin");
    expect(refused.turn.status).toBe(403);
    const forged = JSON.parse(JSON.stringify(house.sandbox.teams.card(open)).replace('"organizations"', '"tenants"'));
    open.views.set(admin.objectId, forged);
    const other = await house.sandbox.teams.search(admin, open, "organizationId", "contoso");
    expect(other.refused).toBe("This list cannot be searched.");
    expectCalmEnd(house);
  });
});
