import { beforeEach, describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { HOUR, MINUTE, shift } from "../../../services/domain/instant.ts";
import { credentialRefused } from "../../../services/tenants/credential-alarm.ts";
import { A, B } from "../../contract/store/store-samples.ts";
import { type CoverageWorld, coverageWorld } from "./coverage-world.ts";

const GONE = {
  state: "consentRevoked",
  trouble: { sentence: "Gone.", detail: null, since: "", mender: "customer" },
} as const;
const MISSING = { ...GONE, state: "permissionsMissing" } as const;
const AWAY = { ...GONE, state: "notAnswering", trouble: { ...GONE.trouble, mender: "nobody" } } as const;
const WELL = { state: "connected", trouble: null } as const;

let world: CoverageWorld;
beforeEach(async () => {
  world = await coverageWorld();
  // We have been here for long, whatever the test does.
  await world.pass(20);
});

describe("watchCoverage", () => {
  it("tells an unproven tenant once, and once that it is over", async () => {
    const scope = await world.tenant("Contoso");
    await world.tenant("Fabrikam");
    await world.pass(5);
    expect(world.told).toEqual([]);
    world.failing.add(scope.tenantId);
    await world.pass(1);
    expect(world.told).toEqual([]);
    await world.pass(60);
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
    world.failing.clear();
    await world.pass(60);
    expect(world.told).toEqual([`${A} coverage: Contoso`, `${A} over: Contoso`]);
    expect(await world.outage(scope)).toBeNull();
  });

  it("counts a tenant that was never read from its connection, and one whose read never ends like any other", async () => {
    const never = await world.tenant("Contoso");
    world.failing.add(never.tenantId);
    const hanging = await world.tenant("Fabrikam");
    await world.pass(1);
    world.hanging.add(hanging.tenantId);
    await world.pass(4);
    expect(world.told.toSorted()).toEqual([`${A} coverage: Contoso`, `${A} coverage: Fabrikam`]);
  });

  it("is silent about a single failure, even if the look falls on the next try", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.pass(1);
    world.failing.clear();
    world.hanging.add(scope.tenantId);
    await world.pass(1);
    world.hanging.clear();
    await world.pass(10);
    expect(world.told).toEqual([]);
  });

  it("tells a state that somebody has to mend at once, and not a second time as unproven", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.state(scope, GONE);
    expect(world.told).toEqual([`${A} state: Contoso`]);
    await world.pass(30);
    expect(world.told).toHaveLength(1);
    world.failing.clear();
    await world.pass(11);
    await world.state(scope, WELL);
    await world.pass(5);
    expect(world.told).toEqual([`${A} state: Contoso`, `${A} over: Contoso`]);
  });

  it("is over as soon as it is mended and read, whichever comes first", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.state(scope, GONE);
    await world.pass(3);
    await world.state(scope, WELL);
    expect(world.told).toEqual([`${A} state: Contoso`]);
    world.failing.clear();
    await world.pass(5);
    expect(world.told).toEqual([`${A} state: Contoso`, `${A} over: Contoso`]);
  });

  it("is over though the process died before the end of the state was passed on", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    await world.state(scope, MISSING);
    await world.pass(5);
    const stored = await world.stores.links.get(scope);
    if (stored === null) throw new Error("The tenant is not linked.");
    await world.stores.links.update({ link: { ...stored.value, ...WELL }, etag: stored.etag });
    await world.pass(3);
    expect(world.told).toEqual([`${A} state: Contoso`, `${A} over: Contoso`]);
  });

  it("tells a state that may pass only when it has lasted, and another one in the same outage not again", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.state(scope, AWAY);
    expect(world.told).toEqual([]);
    await world.pass(3);
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
    await world.state(scope, GONE);
    await world.pass(10);
    expect(world.told).toHaveLength(1);
  });

  it("tells that reads stop though a missing permission, which did not stop them, was told", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    await world.state(scope, MISSING);
    await world.pass(10);
    expect(world.told).toEqual([`${A} state: Contoso`]);
    world.failing.add(scope.tenantId);
    await world.pass(5);
    expect(world.told).toEqual([`${A} state: Contoso`, `${A} coverage: Contoso`]);
    world.failing.clear();
    await world.pass(20);
    expect(world.told.slice(2)).toEqual([`${A} over: Contoso`]);
  });

  it("a tenant that is read every third interval is told twice and ended once, and over after an hour without a gap", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    for (let minutes = 0; minutes < 240; minutes += 1) {
      if (minutes % 4 === 0) world.hanging.delete(scope.tenantId);
      else world.hanging.add(scope.tenantId);
      await world.pass(1);
    }
    expect(world.told).toEqual([`${A} coverage: Contoso`, `${A} over: Contoso`, `${A} coverage: Contoso`]);
    world.hanging.clear();
    await world.pass(58);
    expect(world.told).toHaveLength(3);
    await world.pass(8);
    expect(world.told.slice(3)).toEqual([`${A} over: Contoso`]);
  });

  it("an outage an hour after the end of another is told and ended like the first", async () => {
    const scope = await world.tenant("Contoso");
    for (let times = 0; times < 3; times += 1) {
      await world.pass(70);
      world.failing.add(scope.tenantId);
      await world.pass(10);
      world.failing.clear();
    }
    await world.pass(15);
    expect(world.told).toEqual(
      Array.from({ length: 3 }, () => [`${A} coverage: Contoso`, `${A} over: Contoso`]).flat(),
    );
  });
});

describe("many at once", () => {
  const many = async (count: number) => {
    for (let at = 0; at < count; at += 1) await world.tenant(`Customer ${String(at).padStart(3, "0")}`);
  };
  const allFail = async () => {
    const due = await world.stores.links.list({ accountId: A, offset: 0, limit: 999 });
    for (const { link } of due) world.failing.add(link.tenantId);
  };

  /** Microsoft lets reads through again at different moments, as after different pauses. */
  const spreadReads = async (minutes: number) => {
    const links = await world.stores.links.list({ accountId: A, offset: 0, limit: 999 });
    for (const [at, { link }] of links.entries()) {
      const nextSyncAt = shift(world.clock.now(), (at % minutes) * MINUTE);
      await world.change(link, (sync) => ({ ...sync, nextSyncAt }));
    }
  };

  it("are one notice, and two at most when it is over; the other account hears of its own", async () => {
    await many(200);
    const other = await world.tenant("Elsewhere", { accountId: B });
    await world.pass(3);
    await allFail();
    world.failing.add(other.tenantId);
    await world.pass(30);
    expect(world.told.toSorted()).toEqual([`${A} coverage: 200 tenants`, `${B} coverage: Elsewhere`]);
    world.failing.clear();
    await spreadReads(10);
    await world.pass(25);
    const over = world.told.filter((line) => line.startsWith(`${A} over`));
    expect(over.length).toBeLessThanOrEqual(2);
    expect(over.map((line) => Number.parseInt(line.slice(`${A} over: `.length), 10)).reduce((sum, n) => sum + n)).toBe(
      200,
    );
  });

  it("take those along whose reads fail as well, though they were read a little later", async () => {
    await many(10);
    await world.pass(3);
    await allFail();
    const [first] = world.failing;
    // One is read a minute longer than the rest.
    if (first !== undefined) world.failing.delete(first);
    await world.pass(1);
    if (first !== undefined) world.failing.add(first);
    await world.pass(30);
    expect(world.told).toEqual([`${A} coverage: 10 tenants`]);
  });

  it("whose consent is gone at once: the first is told at once, the rest together", async () => {
    await many(40);
    await world.pass(3);
    const links = await world.stores.links.list({ accountId: A, offset: 0, limit: 99 });
    for (const { link } of links) world.failing.add(link.tenantId);
    for (const { link } of links) await world.state(link, GONE);
    expect(world.told).toEqual([`${A} state: Customer 000`]);
    await world.pass(10);
    expect(world.told.slice(1)).toEqual([`${A} state: 39 tenants`]);
  });
});

describe("what keeps a notice true", () => {
  it("is tried again while Teams takes it nowhere", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    world.teams.shows = false;
    await world.pass(9);
    const tries = world.told.length;
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(4);
    expect(await world.outage(scope)).toBeNull();
    world.teams.shows = true;
    await world.pass(10);
    expect(world.told.slice(tries)).toEqual([`${A} coverage: Contoso`]);

    world.teams.shows = false;
    world.failing.clear();
    await world.pass(15);
    expect(world.told.at(-1)).toBe(`refused: ${A} over: Contoso`);
    world.teams.shows = true;
    await world.pass(3);
    expect(world.told.filter((line) => line === `${A} over: Contoso`)).toHaveLength(1);
  });

  it("is told once when two workers look at the same moment", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    for (let minutes = 0; minutes < 6; minutes += 1) {
      await Promise.all([world.pass(1), world.watch()]);
      await Promise.all([world.watch(), world.watch()]);
    }
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
  });

  it("is told again, not lost, when the process dies between Teams' answer and our record", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.pass(1);
    world.teams.dies = new Error("killed");
    await expect(world.pass(1)).rejects.toThrow("killed");
    world.teams.dies = null;
    await world.pass(3);
    expect(world.told).toEqual([]);
    await world.pass(10);
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
  });

  it("is not told after a stop of ours before the tenants had their chance, and then of those only that fail", async () => {
    const scope = await world.tenant("Contoso");
    for (let at = 0; at < 30; at += 1) await world.tenant(`Customer ${at}`);
    await world.pass(3);
    world.clock.advance(10 * HOUR);
    // Back, and nobody is read yet: there are many, and it takes its time.
    for (const { link } of await world.stores.links.list({ accountId: A, offset: 0, limit: 99 })) {
      world.hanging.add(link.tenantId);
    }
    await world.watch();
    await world.pass(6);
    expect(world.told).toEqual([]);
    world.hanging.clear();
    world.failing.add(scope.tenantId);
    await world.pass(10);
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
  });

  it("keeps what was told over a stop of ours", async () => {
    const scope = await world.tenant("Contoso");
    await world.pass(3);
    world.failing.add(scope.tenantId);
    await world.pass(5);
    world.clock.advance(10 * HOUR);
    await world.pass(20);
    expect(world.told).toEqual([`${A} coverage: Contoso`]);
    world.failing.clear();
    await world.pass(12);
    expect(world.told.slice(1)).toEqual([`${A} over: Contoso`]);
  });

  it("leaves tenants alone while our own credential is refused, and after it is mended until they had their chance", async () => {
    for (let at = 0; at < 30; at += 1) await world.tenant(`Customer ${at}`);
    await world.pass(3);
    const links = await world.stores.links.list({ accountId: A, offset: 0, limit: 99 });
    for (const { link } of links) world.failing.add(link.tenantId);
    await credentialRefused(world.deps, { tenantId: "x", breakdown: new Breakdown("credential-failing", "Refused.") });
    // The next tries come minutes after the alarm's end.
    await world.pass(40);
    await world.stores.ephemeral.remove("credential-alarm");
    world.failing.clear();
    await world.pass(30);
    expect(world.told).toEqual([]);
  });

  it("leaves a paused tenant alone, and one that was resumed until it had its chance", async () => {
    const scope = await world.tenant("Contoso", { state: "paused" });
    await world.pass(30);
    await world.state(scope, WELL);
    await world.change(scope, (sync) => ({ ...sync, nextSyncAt: world.clock.now() }));
    await world.pass(10);
    expect(world.told).toEqual([]);
  });
});
