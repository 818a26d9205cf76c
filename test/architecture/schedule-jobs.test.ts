import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const kindsIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? "").toSorted();

const union = /export type Job =([\s\S]*?);\n\n/.exec(read("services/domain/job.ts"))?.[1] ?? "";
const jobs = kindsIn(union, /kind: "([a-z-]+)"/g);

describe("the jobs", () => {
  it("stand in one union, each kind once", () => {
    expect(jobs.length).toBeGreaterThan(0);
    expect(new Set(jobs).size).toBe(jobs.length);
  });

  it("are all found again by the tick, which schedules nothing else", () => {
    expect(kindsIn(read("services/jobs/schedule.ts"), /queue\.add\(\{ kind: "([a-z-]+)"/g)).toEqual(jobs);
  });

  it("are all carried out", () => {
    expect(kindsIn(read("services/jobs/run-job.ts"), /case "([a-z-]+)":/g)).toEqual(jobs);
  });
});
