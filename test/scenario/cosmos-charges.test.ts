import { describe, expect, it } from "vitest";
import { type MainPaths, walkMainPaths } from "./main-paths.ts";

/** Request units that a path may take by the server's model; docs/operations.md tells what it takes. */
const AT_MOST: Readonly<Record<keyof MainPaths, number>> = {
  tick: 25,
  minute: 80,
  quietSync: 28,
  openAlert: 110,
  resolvedAlert: 180,
  click: 230,
  tenants: 170,
  tenantsOfMany: 250,
  dialogStep: 170,
};

describe("What the main paths ask of Cosmos DB", () => {
  it("is little, and stays within partitions, but for the look at which alerts are due", async () => {
    const paths = await walkMainPaths(500);
    const across = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path.acrossPartitions]));
    expect(across).toEqual({ ...Object.fromEntries(Object.keys(AT_MOST).map((name) => [name, 0])), tick: 2 });
    for (const [name, { requestUnits }] of Object.entries(paths)) {
      expect(requestUnits, name).toBeGreaterThan(0);
      expect(requestUnits, name).toBeLessThan(AT_MOST[name as keyof MainPaths]);
    }
    // The console shows a page: what it asks does not grow with the tenants but for the counting.
    expect(paths.tenantsOfMany.requests).toBe(paths.tenants.requests);
  }, 120_000);
});
