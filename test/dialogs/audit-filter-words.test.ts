import { describe, expect, it } from "vitest";
import { parseAuditFilter } from "../../dialogs/audit-filter-words.ts";

const NOW = "2026-11-22T14:00:00.000Z";

describe("the words of `audit`", () => {
  it.each([
    ["", { about: "", by: null, filter: {} }],
    [
      "contoso last 7d by priya settings",
      { about: "contoso", by: "priya", filter: { since: "2026-11-15T14:00:00.000Z", verb: "setting" } },
    ],
    ["Settings BY me Contoso Dental", { about: "Contoso Dental", by: "me", filter: { verb: "setting" } }],
    ["last 90m", { about: "", by: null, filter: { since: "2026-11-22T12:30:00.000Z" } }],
    ["2w roles", { about: "", by: null, filter: { since: "2026-11-08T14:00:00.000Z", verb: "role" } }],
    ["role.grant", { about: "", by: null, filter: { verb: "role.grant" } }],
    ["settings.change contoso", { about: "contoso", by: null, filter: { verb: "settings.change" } }],
    ["login.contoso.example", { about: "login.contoso.example", by: null, filter: {} }],
    ["7days ago", { about: "7days ago", by: null, filter: {} }],
    ['"Alert Logistics" alerts', { about: "Alert Logistics", by: null, filter: { verb: "alert" } }],
    ["by “Priya Nair” contoso", { about: "contoso", by: "Priya Nair", filter: {} }],
    ["contoso by <at>Priya Nair</at>", { about: "contoso", by: "Priya Nair", filter: {} }],
    ['"by" "7d"', { about: "by 7d", by: null, filter: {} }],
    ["by", { about: "", by: null, filter: {} }],
  ])("%s", (words, wanted) => {
    expect(parseAuditFilter(words, NOW)).toEqual(wanted);
  });
});
