import { beforeEach, describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import type { Job } from "../../../services/domain/job.ts";
import { type JobDeps, runJob } from "../../../services/jobs/run-job.ts";
import { type AnnounceWorld, announceWorld } from "../alerts/announce-world.ts";

let world: AnnounceWorld;
beforeEach(async () => {
  world = await announceWorld();
});

/** What these jobs need; a connection's job has tests of its own. */
const depsOf = (fields: Partial<JobDeps> = {}) => ({ ...world.deps, ...fields }) as unknown as JobDeps;
const failing = (cause: unknown) => ({ ...world.stores.links, findByTenant: () => Promise.reject(cause) });
const JOBS: readonly Job[] = [
  { kind: "sync-tenant", tenantId: "tenant" },
  { kind: "settle-alert", tenantId: "tenant", alertId: "alert" },
  { kind: "announce-alert", tenantId: "tenant", alertId: "alert" },
];

describe("runJob", () => {
  it("leads an alert from being due to its card", async () => {
    const { alert } = await world.alert();
    const ids = { tenantId: world.scope.tenantId, alertId: alert.id };
    await world.bind("channel-1");
    await runJob(depsOf(), { kind: "settle-alert", ...ids });
    expect(world.jobs).toEqual([{ kind: "announce-alert", ...ids }]);
    expect(await runJob(depsOf(), { kind: "announce-alert", ...ids })).toBe("done");
    expect(world.sent()).toEqual(["post channel-1 r2"]);
    expect(world.lines).toEqual([]);
  });

  it.each(JOBS)("does nothing for a tenant that is gone: $kind", async (job) => {
    await runJob(depsOf(), job);
    expect(world.lines).toEqual([]);
  });

  it.each(JOBS)(
    "never throws: a breakdown that heals is a warning, all else calls for a person: $kind",
    async (job) => {
      const busy = new Breakdown("store-unavailable", "busy", { retryable: true });
      expect(await runJob(depsOf({ links: failing(busy) }), job)).toBe("putOff");
      expect(world.lines).toEqual(["warn: A job is put off."]);
      expect(await runJob(depsOf({ links: failing(new Breakdown("refused", "no")) }), job)).toBe("failed");
      expect(await runJob(depsOf({ links: failing(new TypeError("a bug")) }), job)).toBe("failed");
      expect(world.lines.slice(1)).toEqual(["error: A job failed.", "error: A job failed."]);
    },
  );
});
