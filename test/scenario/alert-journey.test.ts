import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { textOf } from "../sandbox/teams/text-of-card.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";

describe("Journey 2: an alert", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
  });
  afterAll(async () => {
    await house.close();
  });

  const shown = (message: Message) => textOf(house.sandbox.teams.card(message));
  const cardsOf = (title: string) =>
    house.sandbox.teams.messages(admin).filter((message) => shown(message).includes(title));
  const cardOf = (title: string): Message => {
    const [card, ...others] = cardsOf(title);
    if (card === undefined || others.length > 0)
      throw new Error(`${others.length + (card ? 1 : 0)} cards say "${title}".`);
    return card;
  };
  const inDefender = (alertId: string) => house.world.findAlert(tenantId, alertId)?.body;

  it("is resolved and commented in Defender, and shown once, in its final state", async () => {
    const title = "Suspicious PowerShell command line";
    const alertId = house.world.arrive(tenantId, { title, severity: "medium" });
    await house.pass(61_000);

    expect(inDefender(alertId)?.status).toBe("resolved");
    expect(inDefender(alertId)?.comments).toHaveLength(1);
    expect(shown(cardOf(title))).toContain("Auto-resolved and commented");
    await house.pass(61_000);
    expect(cardOf(title).history).toHaveLength(0);
  });

  it("is claimed: assigned in Defender to the clicker, and said on everybody's card", async () => {
    const title = "An active Mimikatz was seen";
    const alertId = house.world.arrive(tenantId, { title, severity: "high" });
    await house.pass(61_000);
    await house.sandbox.teams.click(admin, cardOf(title), "alert.claim");
    await house.settle();

    expect(inDefender(alertId)?.assignedTo).toBe(admin.userPrincipalName);
    expect(inDefender(alertId)?.status).toBe("resolved");
    expect(shown(cardOf(title))).toContain(`Claimed by ${admin.name}`);
  });

  it("is reopened: the auto-resolve is undone in Defender and never comes back", async () => {
    const title = "Ransomware behaviour was blocked";
    const alertId = house.world.arrive(tenantId, { title, severity: "medium" });
    await house.pass(61_000);
    await house.sandbox.teams.click(admin, cardOf(title), "alert.reopen");
    await house.pass(61_000);
    await house.pass(3_600_000);

    expect(inDefender(alertId)?.status).toBe("new");
    expect(shown(cardOf(title))).not.toContain("Auto-resolved and commented");
  });

  it("resolved in the Defender portal, edits the same card", async () => {
    await house.sandbox.teams.say(admin, "personal", "settings");
    const title = "A C2 beacon was seen";
    const alertId = house.world.arrive(tenantId, { title, severity: "high", status: "inProgress" });
    await house.pass(61_000);
    expect(shown(cardOf(title))).toContain("Not auto-resolved");
    house.world.resolveInPortal(tenantId, alertId, "dana@contosodental.example");
    await house.pass(61_000);

    expect(shown(cardOf(title))).toContain("Resolved in the Defender portal");
    expect(cardOf(title).history.length).toBeGreaterThan(0);
  });

  it("leaves no request unknown and no error in the log", () => {
    expect(house.sandbox.unknownRequests).toEqual([]);
    expect(house.sandbox.teams.breaches).toEqual([]);
    expect(house.logged.filter(({ level }) => level === "error")).toEqual([]);
  });
});
