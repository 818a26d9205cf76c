import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject, Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const SOON = 61_000;

describe("Journey 3: settings", () => {
  let house: House;
  let admin: Person;
  let viewer: Person;
  const tenants: Record<"A" | "B", string> = { A: "", B: "" };

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    for (const [organization, key] of [
      ["Contoso Dental", "A"],
      ["Fabrikam Logistics", "B"],
    ] as const) {
      tenants[key] = (await connectTenant(house, admin, { organization, key })).tenantId;
    }
    const [, second] = house.world.people;
    viewer = house.sandbox.teams.addPerson({ name: second?.displayName ?? "", objectId: second?.objectId ?? "" });
    await house.sandbox.teams.install(viewer);
    const team = house.sandbox.teams.addTeam({ name: "SOC", members: [admin, viewer] });
    await house.sandbox.teams.install(admin, team.general);
    await house.sandbox.teams.say(admin, team.general, "grant viewer", { mentionPeople: [viewer] });
    await house.pass(MINUTE);
  });
  afterAll(() => house.close());

  /** Opens the card of one level and saves it with these choices. */
  async function save(words: string, choices: JsonObject): Promise<string> {
    const [card] = (await house.sandbox.teams.say(admin, "personal", words)).replies;
    if (card === undefined) throw new Error(`No card for "${words}".`);
    return answerOf(await house.sandbox.teams.click(admin, card, "settings.save", choices));
  }
  const arrive = (key: "A" | "B", title: string) =>
    house.world.arrive(tenants[key], { template: "eicar", title, severity: "medium" });
  const statusOf = (key: "A" | "B", id: string) => house.world.findAlert(tenants[key], id)?.body.status;

  it("are on by default at both levels, and say so", async () => {
    const account = await ask(house, admin, "settings");
    expect(account).toContain("Settings for Harbor Ridge Security");
    expect(account).toContain("Now on (default)");
    expect(account).toContain("For every tenant that does not set its own");
    expect(await ask(house, admin, "settings contoso")).toContain("Inherit (now on)");
  });

  it("switched off for the account: no tenant's alert is resolved, and the card says by whom", async () => {
    const saved = await save("settings", { autoResolve: "off" });
    expect(saved).toContain("Saved: auto-resolve is off. This holds for every tenant without a setting of its own");
    const ids = [arrive("A", "While the account is off"), arrive("B", "Here as well")];
    await house.pass(SOON);
    expect([statusOf("A", ids[0] ?? ""), statusOf("B", ids[1] ?? "")]).toEqual(["new", "new"]);
    const words = wordsOf(oneSaying(house, admin, "While the account is off"));
    expect(words).toContain(`Not auto-resolved: off for the account, set by ${admin.name}`);
  });

  it("switched on for one tenant: that one is resolved, its neighbour is not", async () => {
    const saved = await save("settings contoso", { autoResolve: "on" });
    expect(saved).toContain("Saved: auto-resolve is on. This holds for Contoso Dental alone");
    const [mine, neighbour] = [arrive("A", "On for this tenant"), arrive("B", "Off for the neighbour")];
    await house.pass(SOON);
    expect(statusOf("A", mine)).toBe("resolved");
    expect(statusOf("B", neighbour)).toBe("new");
    expect(wordsOf(oneSaying(house, admin, "On for this tenant"))).toContain("(tenant setting)");
  });

  it("set to inherit again: the account's holds, and what was open stays open", async () => {
    expect(await save("settings contoso", { autoResolve: "inherit" })).toContain("auto-resolve is inherited");
    const id = arrive("A", "Inherited off");
    await house.pass(SOON);
    expect(statusOf("A", id)).toBe("new");
    expect(await save("settings", { autoResolve: "on" })).toContain("auto-resolve is on");
    const next = arrive("A", "Inherited on");
    await house.pass(SOON);
    expect(statusOf("A", next)).toBe("resolved");
    expect(statusOf("A", id)).toBe("new");
  });

  it("comment off: resolved without one, and the card says so", async () => {
    await save("settings fabrikam", { comment: "off" });
    const id = arrive("B", "Quietly resolved");
    await house.pass(SOON);
    expect(house.world.findAlert(tenants.B, id)?.body).toMatchObject({ status: "resolved", comments: [] });
    expect(wordsOf(oneSaying(house, admin, "Quietly resolved"))).toContain("Auto-resolved without a comment");
  });

  it("up to a severity, and for Defender for Endpoint alone unless told", async () => {
    await save("settings fabrikam", { upToSeverity: "low" });
    const medium = arrive("B", "Above the limit");
    const low = house.world.arrive(tenants.B, { template: "eicar", title: "Below the limit", severity: "low" });
    const other = house.world.arrive(tenants.B, {
      template: "identityProtection",
      severity: "low",
      title: "Other source",
    });
    await house.pass(SOON);
    expect([statusOf("B", medium), statusOf("B", low), statusOf("B", other)]).toEqual(["new", "resolved", "new"]);
    expect(wordsOf(oneSaying(house, admin, "Above the limit"))).toContain("above the severity limit (tenant setting");
    expect(wordsOf(oneSaying(house, admin, "Other source"))).toContain("auto-resolve leaves alone");
  });

  it("saved without a change says that nothing was different", async () => {
    expect(await save("settings contoso", {})).toContain("Nothing was different");
  });

  it("show values without controls to those who may not change them, and refuse a forged save", async () => {
    const [card] = (await house.sandbox.teams.say(viewer, "personal", "settings")).replies;
    if (card === undefined) throw new Error("No card for the viewer.");
    expect(wordsOf(card)).toContain("Auto-resolve: on");
    expect(wordsOf(card)).toContain("Only admins change settings");
    expect(JSON.stringify(card.base)).not.toContain("settings.save");
    expect(JSON.stringify(card.base)).not.toContain("Input.");

    const [editable] = (await house.sandbox.teams.say(admin, "personal", "settings")).replies;
    if (editable === undefined) throw new Error("No card for the admin.");
    // As if the viewer's client had the admin's card: the sandbox sends exactly what that button carries.
    card.views.set(viewer.objectId, house.sandbox.teams.card(editable));
    const refused = await house.sandbox.teams.click(viewer, card, "settings.save", { autoResolve: "off" });
    expect(refused.notice).toContain("This needs an admin");
    expect(await ask(house, admin, "settings")).toContain("Now on (account setting");
  });

  it("switched back and forth quickly, end as the last save said", async () => {
    const [card] = (await house.sandbox.teams.say(admin, "personal", "settings")).replies as [Message];
    const answers: string[] = [];
    for (const autoResolve of ["off", "on", "off"]) {
      card.views.clear();
      answers.push(answerOf(await house.sandbox.teams.click(admin, card, "settings.save", { autoResolve })));
    }
    expect(answers.map((answer) => /auto-resolve is (\w+)/.exec(answer)?.[1])).toEqual(["off", "on", "off"]);
    expect(await ask(house, admin, "settings")).toContain("Now off (account setting");
    const id = arrive("A", "After going back and forth");
    await house.pass(SOON);
    expect(statusOf("A", id)).toBe("new");
    await save("settings", { autoResolve: "on" });
  });

  it("stand in the audit log with who, what it was and what it is", async () => {
    const words = await ask(house, admin, "audit");
    expect(words).toMatch(/Settings change/i);
    expect(words).toContain(admin.name);
    expectCalmEnd(house);
  });
});
