import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barLine, copyProgress } from "../../infra/copy-progress.ts";

function written(isTTY: boolean) {
  let text = "";
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => text };
}

const alerts = (done: number) => ({ step: "copy", kind: "alert", done, total: 100_000 }) as const;

describe("the progress of a copy", () => {
  it("is one line that changes on a terminal", () => {
    const { stream, text } = written(true);
    const { report, end } = copyProgress(stream);
    for (const done of [500, 50_000]) report(alerts(done));
    end();
    expect(text().split("\n")).toHaveLength(2);
    expect(text()).toMatch(/\[#{15}-{15}\] copied 50,000 of 100,000 alerts\n$/);
  });

  it("is a line for each tenth elsewhere", () => {
    const { stream, text } = written(false);
    const { report, end } = copyProgress(stream);
    for (let done = 500; done <= 100_000; done += 500) report(alerts(done));
    report({ step: "compare", kind: "alert", done: 0, total: 0 });
    end();
    const lines = text().trim().split("\n");
    expect(lines.slice(0, 2)).toEqual(["copied 500 of 100,000 alerts", "copied 10,000 of 100,000 alerts"]);
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe("compared 0 of 0 alerts in both");
  });

  it("has a bar of one length, also where more came than were counted", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (done, total) => {
        expect(/^\[(#*-*)\] /.exec(barLine({ ...alerts(done), total }))?.[1]).toHaveLength(30);
      }),
    );
  });
});
