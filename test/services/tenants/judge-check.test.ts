import { describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import type { Permission } from "../../../services/domain/permission.ts";
import { judgeCheck } from "../../../services/tenants/judge-check.ts";
import { loadPermissionBook } from "../../../services/tenants/permission-book.ts";

const book = loadPermissionBook();

function named(value: string): Permission {
  const found = book.permissions.find((permission) => permission.value === value);
  if (found === undefined) throw new Error(`The book has no ${value}.`);
  return found;
}

const alerts = named("SecurityAlert.ReadWrite.All");
const machines = named("Machine.ReadWrite.All");
const refused = { permission: alerts, breakdown: new Breakdown("permission-missing", "x", { detail: "Forbidden" }) };

describe("judgeCheck", () => {
  it.each([
    ["nothing lacks", [], [], "available", "connected", null],
    ["the alerts' permission lacks", [alerts], [], "available", "permissionsMissing", alerts.value],
    ["Defender is not there", [machines], [], "notAvailable", "defenderNotAvailable", "licence"],
    ["both", [alerts, machines], [], "notAvailable", "permissionsMissing", alerts.value],
    ["a permission of Defender lacks", [machines], [], "available", "permissionsMissing", machines.value],
    ["what is granted is refused", [], [refused], "available", "permissionsMissing", "refused by Microsoft"],
  ] as const)("where %s: %#", (_, missingCore, blocked, defender, state, words) => {
    const verdict = judgeCheck({ missingCore, blocked, defender });
    expect(verdict.state).toBe(state);
    if (words === null) expect(verdict.trouble).toBeNull();
    else expect(verdict.trouble).toMatchObject({ sentence: expect.stringContaining(words), mender: "customer" });
  });

  it("keeps Microsoft's own code for operators", () => {
    const verdict = judgeCheck({ missingCore: [], blocked: [refused], defender: "available" });
    expect(verdict.trouble?.detail).toBe("Forbidden");
  });
});
