import { beforeEach, describe, expect, it } from "vitest";
import { MovedClock } from "./clock.ts";
import { realisticTemplateNames } from "./world/make-alert.ts";
import { allPermissions } from "./world/permissions.ts";
import { World } from "./world.ts";

let clock: MovedClock;
let world: World;
let tenantId: string;
beforeEach(() => {
  clock = new MovedClock(new Date("2026-11-22T14:00:00.000Z"));
  world = new World({ clock });
  ({ tenantId } = world.tenant("A"));
});

const bodies = () => world.visibleAlerts(tenantId).map(({ body }) => body);

describe("what the world holds", () => {
  it("has at least 12 organizations, 4 tenants, 27 permissions, and D without Defender", () => {
    expect(new Set(world.organizations).size).toBeGreaterThanOrEqual(12);
    expect(new Set(world.tenants.map((tenant) => tenant.tenantId)).size).toBe(4);
    expect(allPermissions).toHaveLength(27);
    expect(world.tenants.filter((tenant) => !tenant.hasDefender).map((tenant) => tenant.letter)).toEqual(["D"]);
  });

  it("has at least ten templates over severities, with every documented kind of evidence", () => {
    world.storm(tenantId, realisticTemplateNames.length);
    expect(new Set(bodies().map(({ title }) => title)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(bodies().map(({ severity }) => severity))).toEqual(
      new Set(["informational", "low", "medium", "high"]),
    );
    const kinds = new Set(bodies().flatMap(({ evidence }) => evidence.map((item) => String(item["@odata.type"]))));
    for (const kind of ["device", "user", "file", "process", "ip", "url", "registryKey"]) {
      expect(kinds).toContain(`#microsoft.graph.security.${kind}Evidence`);
    }
  });

  it("ties device evidence to a machine of the tenant", () => {
    world.arrive(tenantId, { template: "ransomware" });
    const ids = bodies()[0]?.evidence.map((item) => item.mdeDeviceId);
    expect(world.tenant("A").machines.map(({ id }) => id)).toContain(ids?.[0]);
  });

  it("has a hostile alert and one of unknown shape", () => {
    world.arrive(tenantId, { template: "hostile" });
    const hostile = JSON.stringify(bodies());
    for (const part of ["](https://evil.example", "$" + "{$root}", "<at>", "\u202E"]) expect(hostile).toContain(part);
    const unknown = world.arrive(tenantId, { template: "unknownShape" });
    expect(world.findAlert(tenantId, unknown)?.body).toMatchObject({
      title: null,
      severity: "critical",
      category: null,
    });
  });
});

describe("what happens in it", () => {
  it("makes every alert its own, even at one instant", () => {
    const ids = world.storm(tenantId, 500);
    expect(new Set(ids).size).toBe(500);
    expect(bodies()).toHaveLength(500);
  });

  it("plays a script by the clock, late arrivals dated earlier", () => {
    const [soon, late] = world.playScript([
      { tenantId, afterMs: 1000, severity: "high" },
      { tenantId, afterMs: 5000, lateByMs: 3_600_000 },
    ]);
    expect(bodies()).toEqual([]);
    clock.advance(1000);
    expect(bodies()).toMatchObject([{ id: soon, severity: "high" }]);
    clock.advance(4000);
    expect(bodies().map(({ id }) => id)).toEqual([soon, late]);
    expect(bodies()[1]?.createdDateTime).toBe("2026-11-22T13:00:05.0000000Z");
  });

  it("resolves and reopens as the portal does", () => {
    const id = world.arrive(tenantId);
    clock.advance(60_000);
    world.resolveInPortal(tenantId, id, "nora@contoso-dental.example");
    const at = "2026-11-22T14:01:00.0000000Z";
    const resolved = { status: "resolved", assignedTo: "nora@contoso-dental.example", resolvedDateTime: at };
    expect(bodies()).toMatchObject([{ ...resolved, lastUpdateDateTime: at }]);
    world.reopenInPortal(tenantId, id);
    expect(bodies()).toMatchObject([{ status: "inProgress", resolvedDateTime: null }]);
  });

  it("refuses to act on what it does not have", () => {
    expect(() => world.arrive("nobody.example")).toThrow("no tenant");
    expect(() => world.resolveInPortal(tenantId, "da1_1", "x")).toThrow("no alert");
  });

  it("clears faults by api and tenant", () => {
    const fault = { kind: "status", status: 500 } as const;
    world.fault({ api: "graph", tenantId, fault });
    world.fault({ api: "defender", tenantId, fault });
    world.faults.clear({ api: "graph" });
    expect(world.faults.active({ api: "graph", tenantId })).toBe(false);
    expect(world.faults.active({ api: "defender", tenantId })).toBe(true);
    world.faults.clear();
    expect(world.faults.active({ api: "defender", tenantId })).toBe(false);
  });
});
