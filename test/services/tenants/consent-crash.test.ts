import { afterEach, beforeEach, expect, it } from "vitest";
import { MINUTE } from "../../../services/domain/instant.ts";
import { type AdvanceConsentDeps, advanceConsent } from "../../../services/tenants/advance-consent.ts";
import { type ConnectWorld, consentAs, startConnectWorld } from "./connect-world.ts";

let world: ConnectWorld;
beforeEach(async () => {
  world = await startConnectWorld();
});
afterEach(() => world.stop());

/** Dies at the nth outside write, before or after it is done. */
function dyingAt(deps: AdvanceConsentDeps, nth: number, when: "before" | "after") {
  const seen = { writes: 0 };
  const dying = <Input, Output>(write: (input: Input) => Promise<Output>) => {
    return async (input: Input) => {
      seen.writes += 1;
      const dies = seen.writes === nth;
      if (dies && when === "before") throw new Error("killed");
      const output = await write(input);
      if (dies) throw new Error("killed");
      return output;
    };
  };
  const mortal: AdvanceConsentDeps = {
    ...deps,
    consents: { ...deps.consents, update: dying(deps.consents.update) },
    links: { ...deps.links, create: dying(deps.links.create) },
    announcer: { edit: dying(deps.announcer.edit), post: dying(deps.announcer.post) },
  };
  return { mortal, seen };
}

it.each([1, 2, 3, 4].flatMap((nth) => [[nth, "before"] as const, [nth, "after"] as const]))(
  "a crash at write %i, %s it is done, is made good by the next tick",
  async (nth, when) => {
    const { journey, consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    world.jobs.length = 0;
    const { mortal, seen } = dyingAt(world.deps, nth, when);
    await expect(advanceConsent(mortal, { journeyId: journey.id })).rejects.toThrow("killed");
    expect(seen.writes).toBe(nth);
    world.jobs.length = 0;
    await world.tick(0);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      for (const { tenantId } of await world.deps.syncs.due({ now: world.deps.clock.now(), limit: 10 })) {
        world.jobs.push({ kind: "sync-tenant", tenantId });
      }
      await world.tick(MINUTE);
    }
    expect(await world.journey(journey.id)).toMatchObject({ state: "connected", dueAt: null });
    expect(world.edits.at(-1)?.kind).toBe("connected");
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).not.toBeNull();
    const rows = await world.deps.audit.list({ accountId: world.account.id, limit: 50 });
    expect(rows.filter((row) => row.verb === "tenant.link")).toHaveLength(1);
  },
);

it("run twice at once, it links once and ends connected", async () => {
  const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
  await consentAs(world.browser(), consentUrl, "admin-a");
  await Promise.all([1, 2, 3].map(() => advanceConsent(world.deps, { journeyId: journey.id })));
  await world.runJobs();
  await world.tick(MINUTE);
  expect((await world.journey(journey.id)).state).toBe("connected");
  const rows = await world.deps.audit.list({ accountId: world.account.id, limit: 50 });
  expect(rows.filter((row) => row.verb === "tenant.link")).toHaveLength(1);
});
