import { describe, expect, it } from "vitest";
import { createPinoLog, type LogLevel } from "../../../services/config/pino-log.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";

function logAt(level: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const log = createPinoLog({ clock: { now: () => "2026-11-22T14:02:00.000Z" } }, { level, destination });
  return { log, lines };
}

describe("createPinoLog", () => {
  it("writes a line with the sentence, its fields and the clock's time", () => {
    const { log, lines } = logAt("info");
    log.info("A tenant was read.", { tenantId: "t-1", alerts: 3, done: true, none: null });
    expect(lines).toEqual([
      {
        level: "info",
        time: "2026-11-22T14:02:00.000Z",
        tenantId: "t-1",
        alerts: 3,
        done: true,
        none: null,
        message: "A tenant was read.",
      },
    ]);
  });

  it("keeps to its level", () => {
    const { log, lines } = logAt("warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => line.level)).toEqual(["warn", "error"]);
  });

  it("writes a cause as code and message with its own cause, and no stack", () => {
    const { log, lines } = logAt("info");
    const root = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    const cause = new Breakdown("not-answering", "Microsoft Graph cannot be reached.", { cause: root, detail: "X" });
    log.warn("A read failed.", { tenantId: "t-1" }, cause);
    log.error("Odd.", {}, "thrown text");
    expect(lines[0]).toMatchObject({
      cause: { code: "not-answering", detail: "X", message: "Microsoft Graph cannot be reached." },
      rootCause: { code: "ECONNRESET", message: "socket hang up" },
    });
    expect(lines[1]).toMatchObject({ cause: { code: "string" } });
    expect(JSON.stringify(lines)).not.toMatch(/stack|thrown text|\.ts:/);
  });

  it.each([
    ["accessToken", "canary"],
    ["title", "canary"],
    ["clientSecret", "canary"],
    ["url", "https://x.example/token?client_secret=canary&x=1"],
    ["header", "Bearer canary"],
    ["text", "got eyJhbGciOiJSUzI1NiIsImtpZCI6ImNhbmFyeSJ9.canary.canary back"],
    ["pem", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"],
  ])("does not write a secret that is handed in as %s", (name, value) => {
    const { log, lines } = logAt("info");
    log.error("Something.", { [name]: value }, new Error(value === "canary" ? "plain" : value));
    expect(JSON.stringify(lines)).not.toContain("canary");
    expect(lines[0]?.[name]).toContain("[redacted]");
  });
});
