import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnvironment } from "../../../services/config/environment.ts";
import { systemClock, systemRandomness } from "../../../services/config/system.ts";

describe("the machine's clock and randomness", () => {
  it("gives instants with milliseconds, ids and 256-bit secrets", () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(systemRandomness.id()).not.toBe(systemRandomness.id());
    expect(systemRandomness.secret()).toMatch(/^[\w-]{43}$/);
    expect(systemRandomness.secret()).not.toBe(systemRandomness.secret());
  });
});

describe("readEnvironment", () => {
  const names = ["WATCHDESK_TEST_BOTH", "WATCHDESK_TEST_FILE"];
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watchdesk-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    for (const name of names) delete process.env[name];
  });

  it("adds the file's values to the environment's, which win", () => {
    process.env.WATCHDESK_TEST_BOTH = "environment";
    writeFileSync(join(folder, ".env"), "WATCHDESK_TEST_BOTH=file\nWATCHDESK_TEST_FILE=file\n");
    expect(readEnvironment(join(folder, ".env"))).toMatchObject({
      WATCHDESK_TEST_BOTH: "environment",
      WATCHDESK_TEST_FILE: "file",
    });
  });

  it("does without the file", () => {
    expect(readEnvironment(join(folder, "none"))).not.toHaveProperty("WATCHDESK_TEST_FILE");
  });
});
