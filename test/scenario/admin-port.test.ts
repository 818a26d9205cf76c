import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adminOf, connectTenant } from "./connect.ts";
import { freePort, type House, openHouse } from "./house.ts";
import { expectCalmEnd } from "./story.ts";

const MINUTE = 60_000;
const ALARM = "Entra refuses the Defender app's credential: no tenant can be read.";

describe("The admin port", () => {
  let house: House;
  let origin: string;
  beforeEach(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    house = await openHouse({ settings: { ADMIN_PORT: String(port) } });
  });
  afterEach(() => house.close());

  const numberOf = async (line: string) => {
    const page = await (await fetch(`${origin}/metrics`)).text();
    const found = page.split("\n").find((candidate) => candidate.startsWith(`${line} `));
    return Number(found?.slice(line.length) ?? 0);
  };
  const readyz = async () => {
    const response = await fetch(`${origin}/readyz`);
    return { status: response.status, body: await response.json() };
  };

  it("counts what is done, and says which of the bot's needs is not well", async () => {
    const admin = await adminOf(house);
    await connectTenant(house, admin, { organization: "Contoso", key: "B" });
    expect(await numberOf('watchdesk_jobs_total{kind="sync-tenant",ending="done"}')).toBeGreaterThan(0);
    expect(await numberOf('watchdesk_teams_calls_total{outcome="done"}')).toBeGreaterThan(0);
    expect(await numberOf("process_resident_memory_bytes")).toBeGreaterThan(1e6);
    expect(await readyz()).toMatchObject({ status: 200, body: { ready: true } });

    const [secret] = house.world.defenderApp.secrets;
    if (secret === undefined) throw new Error("The sandbox's app has no secret.");
    secret.expires = new Date(house.now().getTime() - MINUTE);
    // The token that is held is good for an hour.
    await house.until(
      "the alarm stands",
      async () => JSON.stringify(await readyz()).includes("AADSTS7000222"),
      90 * MINUTE,
    );
    expect(await readyz()).toMatchObject({
      status: 200,
      body: { ready: true, checks: { store: { ok: true }, defenderCredential: { ok: false } } },
    });
    expectCalmEnd(house, [ALARM]);
  });

  it("is closed to the world's port, and with the bot", async () => {
    expect((await fetch(`${house.publicUrl}/metrics`)).status).toBe(404);
    expect((await fetch(`${house.publicUrl}/readyz`)).status).toBe(200);
    await house.stopBot();
    await expect(fetch(`${origin}/readyz`)).rejects.toThrow();
  });
});
