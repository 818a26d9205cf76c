import { describe, expect, it } from "vitest";
import { parseAlertFilter } from "../../dialogs/alert-filter-words.ts";
import { DAY, HOUR, MINUTE, shift } from "../../services/domain/instant.ts";
import type { AlertFilter } from "../../services/ports/stores.ts";

const NOW = "2026-11-22T14:00:00.000Z";
const since = (milliseconds: number) => ({ createdSince: shift(NOW, -milliseconds) });

describe("parseAlertFilter", () => {
  it.each<[string, string, AlertFilter]>([
    ["", "", {}],
    ["acme high open last 24h", "acme", { severity: "high", status: "open", ...since(DAY) }],
    ["last 24h open high acme", "acme", { severity: "high", status: "open", ...since(DAY) }],
    ["OPEN High", "", { severity: "high", status: "open" }],
    ["info", "", { severity: "informational" }],
    ["informational", "", { severity: "informational" }],
    ["low medium", "", { severity: "medium" }],
    ["new", "", { status: "new" }],
    ["inprogress", "", { status: "inProgress" }],
    ["in-progress", "", { status: "inProgress" }],
    ["claimed", "", { status: "inProgress" }],
    ["closed", "", { status: "resolved" }],
    ["resolved 7d", "", { status: "resolved", ...since(7 * DAY) }],
    ["90m", "", since(90 * MINUTE)],
    ["0h", "", since(0)],
    ["9999d", "", since(9_999 * DAY)],
    ["10000d", "10000d", {}],
    ["24 hours", "24 hours", {}],
    ["1h 2h", "", since(2 * HOUR)],
    ["Contoso  Retail high", "Contoso Retail", { severity: "high" }],
    ["North high Shore", "North Shore", { severity: "high" }],
    ["constructor __proto__ toString", "constructor __proto__ toString", {}],
  ])("%j is %j and %j", (words, organization, filter) => {
    expect(parseAlertFilter(words, NOW)).toEqual({ organization, filter, older: false });
  });
});

it("takes “older” for what was there before the connection", () => {
  expect(parseAlertFilter("Contoso older open", NOW)).toEqual({
    organization: "Contoso",
    filter: { status: "open" },
    older: true,
  });
});
