import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonAnswer } from "../sandbox/answer.ts";
import { type HuntressServer, startHuntressServer } from "../sandbox/huntress/huntress-server.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { accountTenant } from "../sandbox/world/people.ts";
import { adminOf } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying } from "./story.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("Organizations kept in step with Huntress", () => {
  let house: House;
  let admin: Person;
  let huntress: HuntressServer;

  beforeAll(async () => {
    const opened: { house: House | null } = { house: null };
    huntress = await startHuntressServer({
      clock: { now: () => opened.house?.now() ?? new Date() },
      organizations: Array.from({ length: 25 }, (_, at) => ({ id: at + 1, name: `Customer ${at + 1}` })),
      largestPage: 10,
      limitPerMinute: 2,
    });
    house = await openHouse({
      settings: {
        HUNTRESS_API_KEY: huntress.key,
        HUNTRESS_API_SECRET: huntress.secret,
        HUNTRESS_ACCOUNT: accountTenant.tenantId,
        HUNTRESS_URL: huntress.url,
      },
    });
    opened.house = house;
    admin = await adminOf(house);
    await ask(house, admin, "add organization Ours alone");
    await ask(house, admin, "add organization CUSTOMER 7");
  });
  afterAll(async () => {
    await house.close();
    await huntress.close();
  });

  it("adds what is new over all pages, as fast as Huntress lets it", async () => {
    await house.settle();
    expect(await ask(house, admin, "organizations")).toContain("of 21");
    expect(huntress.requests).toEqual(["?limit=500&page=1", "?limit=500&page=2", "?limit=500&page=3"]);
    await house.pass(61_000);
    expect(await ask(house, admin, "organizations")).toContain("of 26");
    expect(huntress.requests.slice(3)).toEqual(["?limit=500&page=3"]);
    expect(await ask(house, admin, "organizations customer 7")).toContain("Customer 7");
  });

  it("asks once an hour, not with every tick", async () => {
    await house.pass(50 * MINUTE);
    expect(huntress.requests).toHaveLength(4);
  });

  it("follows a rename by id, and leaves renames to Huntress", async () => {
    huntress.organizations = huntress.organizations.map((each) =>
      each.id === 3 ? { ...each, name: "Contoso Dental" } : each,
    );
    await house.pass(11 * MINUTE);
    await house.pass(2 * MINUTE);
    expect(await ask(house, admin, "organizations contoso")).toContain("Contoso Dental");
    expect(await ask(house, admin, "rename organization Contoso Dental to Other")).toContain(
      "kept in step with Huntress",
    );
    expect(await ask(house, admin, "rename organization Ours alone to Ours")).toContain("Ours alone is called Ours");
  });

  it("deletes nothing, and tells a name it cannot take over, once", async () => {
    huntress.organizations = huntress.organizations.filter(({ id }) => id !== 5);
    huntress.organizations = huntress.organizations.map((each) =>
      each.id === 4 ? { ...each, name: "Customer 5" } : each,
    );
    for (let round = 0; round < 3; round += 1) {
      await house.pass(HOUR);
      await house.pass(2 * MINUTE);
    }
    expect(await ask(house, admin, "organizations customer 4")).toContain("Customer 4");
    expect(await ask(house, admin, "organizations customer 5")).toContain("Customer 5");
    const told = messagesSaying(house, admin, "1 name of Huntress could not be taken over");
    expect(told).toHaveLength(1);
    expect(messagesSaying(house, admin, "Customer 5 (here: Customer 4)")).toHaveLength(1);
  });

  it("calls for the operator when the credentials end, and never shows them", async () => {
    huntress.failNext(jsonAnswer(401, { error: { code: 401 } }));
    await house.pass(HOUR + MINUTE);
    const errors = house.logged.filter(({ level }) => level === "error");
    expect(errors.map(({ fields }) => fields.code)).toEqual(["unauthorized"]);
    expect(JSON.stringify(house.logged)).not.toContain("canary_huntress");
    expect(huntress.unknownRequests).toEqual([]);
    expectCalmEnd(house, ["The directory cannot be read."]);
  });
});
