import { describe, expect, it } from "vitest";
import type { Job } from "../../../services/domain/job.ts";
import type { JobQueue } from "../../../services/ports/job-queue.ts";
import { type JobBench, jobBench } from "./job-bench.ts";

/** A queue as the composition holds it: added to, waited for, stopped. */
export interface OpenedQueue extends JobQueue {
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export type OpenQueue = (input: {
  run: (job: Job) => Promise<void>;
  inFlight: number;
  perTenant: number;
}) => OpenedQueue | Promise<OpenedQueue>;

const sync = (tenantId: string): Job => ({ kind: "sync-tenant", tenantId });
const settle = (tenantId: string, alertId: string): Job => ({ kind: "settle-alert", tenantId, alertId });

/** What every queue keeps; `open` gives an empty one that leads its jobs to `run`. */
export function queueContract(name: string, open: OpenQueue): void {
  const start = async (limits: { inFlight?: number; perTenant?: number } = {}) => {
    const jobs: JobBench = jobBench();
    const queue = await open({ run: jobs.run, inFlight: 4, perTenant: 2, ...limits });
    return { jobs, queue };
  };

  describe(`queue contract: ${name}`, () => {
    it("runs every job that was added, and is idle then", async () => {
      const { jobs, queue } = await start();
      await queue.idle();
      const added = ["a", "b", "c", "d", "e", "f"].map(sync);
      for (const job of added) queue.add(job);
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended().toSorted()).toEqual(added.map(({ kind }, index) => `${kind}:${"abcdef"[index]}`));
    });

    it("adds a job once that waits already, a job of another kind or alert beside it", async () => {
      const { jobs, queue } = await start({ inFlight: 1 });
      queue.add(sync("busy"));
      await jobs.started("sync-tenant:busy");
      for (const job of [sync("a"), sync("a"), settle("a", "1"), settle("a", "2"), settle("a", "1")]) queue.add(job);
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended().toSorted()).toEqual([
        "settle-alert:a:1",
        "settle-alert:a:2",
        "sync-tenant:a",
        "sync-tenant:busy",
      ]);
    });

    it("runs a job again once that was added while it ran, and never beside itself", async () => {
      const { jobs, queue } = await start();
      queue.add(sync("a"));
      await jobs.started("sync-tenant:a");
      queue.add(sync("a"));
      queue.add(sync("a"));
      queue.add(sync("b"));
      await jobs.started("sync-tenant:b");
      expect(jobs.running().toSorted()).toEqual(["sync-tenant:a", "sync-tenant:b"]);
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended().filter((key) => key === "sync-tenant:a")).toHaveLength(2);
      expect(jobs.mostAtOnce("sync-tenant:a")).toBe(1);
    });

    it("keeps within what may be in flight, in all and per tenant", async () => {
      const { jobs, queue } = await start({ inFlight: 3, perTenant: 2 });
      for (const alertId of ["1", "2", "3", "4", "5"]) queue.add(settle("a", alertId));
      await jobs.started("settle-alert:a:2");
      expect(jobs.running()).toHaveLength(2);
      for (const alertId of ["1", "2", "3"]) queue.add(settle("b", alertId));
      await jobs.started("settle-alert:b:1");
      expect(jobs.running()).toHaveLength(3);
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended()).toHaveLength(8);
      expect(jobs.mostAtOnce()).toBe(3);
      expect(jobs.mostAtOnce("settle-alert:a:")).toBe(2);
    });

    it("lets tenants take turns: one that has thousands of jobs delays no other by more than a turn", async () => {
      const { jobs, queue } = await start({ inFlight: 1, perTenant: 1 });
      for (let index = 0; index < 2_000; index += 1) queue.add(settle("huge", String(index)));
      for (const tenant of ["b", "c"]) queue.add(settle(tenant, "1"));
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended()).toHaveLength(2_002);
      expect(jobs.ended().indexOf("settle-alert:b:1")).toBeLessThan(4);
      expect(jobs.ended().indexOf("settle-alert:c:1")).toBeLessThan(5);
    });

    it("lets a tenant whose jobs never end hold up nobody else", async () => {
      const { jobs, queue } = await start({ inFlight: 3, perTenant: 2 });
      for (const alertId of ["1", "2", "3", "4"]) queue.add(settle("stuck", alertId));
      await jobs.started("settle-alert:stuck:2");
      for (const tenant of ["b", "c", "d"]) {
        queue.add(sync(tenant));
        await jobs.started(`sync-tenant:${tenant}`);
        jobs.letEnd(`sync-tenant:${tenant}`);
      }
      expect(jobs.running().slice(0, 2)).toEqual(["settle-alert:stuck:1", "settle-alert:stuck:2"]);
      jobs.letAllEnd();
      await queue.idle();
    });

    it("takes up jobs that a job adds", async () => {
      const { jobs, queue } = await start({ inFlight: 1, perTenant: 1 });
      jobs.whenEnding("sync-tenant:a", () => {
        queue.add(settle("a", "1"));
        queue.add(settle("a", "2"));
      });
      queue.add(sync("a"));
      jobs.letAllEnd();
      await queue.idle();
      expect(jobs.ended()).toEqual(["sync-tenant:a", "settle-alert:a:1", "settle-alert:a:2"]);
    });

    it("stops when what runs has ended, starting nothing that waits or comes later", async () => {
      const { jobs, queue } = await start({ inFlight: 1 });
      queue.add(sync("a"));
      await jobs.started("sync-tenant:a");
      queue.add(sync("a"));
      queue.add(sync("b"));
      let stopped = false;
      const stopping = queue.stop().then(() => {
        stopped = true;
      });
      queue.add(sync("c"));
      await Promise.resolve();
      expect(stopped).toBe(false);
      jobs.letAllEnd();
      await stopping;
      queue.add(sync("d"));
      await queue.idle();
      expect(jobs.ended()).toEqual(["sync-tenant:a"]);
    });

    it("stops at once when nothing runs, and may be stopped twice", async () => {
      const { jobs, queue } = await start();
      await queue.stop();
      await queue.stop();
      expect(jobs.ended()).toEqual([]);
    });
  });
}
