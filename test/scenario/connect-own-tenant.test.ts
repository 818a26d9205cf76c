import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, wordsOf } from "./story.ts";

describe("Somebody connects the tenant of their own team", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    // From here on tenant C is the one that the team's own Teams live in.
    const own = house.world.tenant("C");
    own.tenantId = house.world.account.tenantId;
    for (const user of own.users) user.tenantId = own.tenantId;
  });
  afterAll(() => house.close());

  it("is asked first, though the domain was typed in; nothing is connected until they say yes", async () => {
    const domain = house.world.tenant("C").verifiedDomains[0]?.name ?? "";
    const begun = await beginConnection(house, admin, { organization: "Ourselves", domain });
    await walkConsent(newBrowser(), begun.consentUrl, { user: "admin-c" });
    const card = () => {
      const message = house.sandbox.teams.messages(admin).find(({ id }) => id === begun.messageId);
      if (message === undefined) throw new Error("The consent card is gone.");
      return message;
    };
    await house.until("the question", () => wordsOf(card()).includes("tenant of your own team"));
    expect(await ask(house, admin, "tenants")).not.toContain("Open alerts");
    await house.sandbox.teams.click(admin, card(), "consent.confirm");
    await house.until("the connection", () => wordsOf(card()).includes("Connected"));
    expectCalmEnd(house);
  });

  it("asks nothing of the kind for a customer's tenant whose domain was typed in", async () => {
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    expect(await ask(house, admin, "tenants contoso")).toContain("Connected");
  });
});
