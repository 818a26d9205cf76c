import { describe, expect, it } from "vitest";
import { alertCard } from "../../cards/alert-card.ts";
import { autoResolveWords } from "../../cards/auto-resolve-words.ts";
import { coverageWords } from "../../cards/coverage-words.ts";
import { isUnclaimed, lifeLine } from "../../cards/life-line.ts";
import { clockWords, datedTimeWords, timeWords } from "../../cards/time-words.ts";
import type { AlertRecord } from "../../services/domain/alert-record.ts";
import type { AutoResolveStatus } from "../../services/domain/auto-resolve.ts";
import { ofType } from "./card-nodes.ts";
import { BY_ACCOUNT, BY_TENANT, DEFAULT, LATER, NOW, overviewOf, PRIYA, recordOf } from "./examples/example-parts.ts";

const notResolved = (reason: Extract<AutoResolveStatus, { kind: "notResolved" }>["reason"], origin = DEFAULT) =>
  ({ kind: "notResolved", reason, origin }) as const;
const pending = { kind: "pending", step: "resolve", reference: "r", origin: DEFAULT, since: NOW, attempts: 1 } as const;

describe("the auto-resolve line", () => {
  it.each<[AutoResolveStatus, string]>([
    [{ kind: "undecided" }, "Auto-resolve: not decided yet"],
    [
      { kind: "resolved", at: NOW, origin: BY_ACCOUNT, commented: true },
      "Auto-resolved and commented (account setting)",
    ],
    [{ kind: "resolved", at: NOW, origin: DEFAULT, commented: false }, "Auto-resolved without a comment (default)"],
    [notResolved("off", BY_TENANT), "Not auto-resolved: off for this tenant, set by Tom Okafor on 3 May"],
    [notResolved("off", BY_ACCOUNT), "Not auto-resolved: off for the account, set by Priya Nair on 3 May"],
    [notResolved("off"), "Not auto-resolved: off by default"],
    [notResolved("olderThanLink"), "Not auto-resolved: older than the connection"],
    [notResolved("alreadyResolved"), "Not auto-resolved: it was already resolved in Defender"],
    [notResolved("taken"), "Not auto-resolved: a person has taken it"],
    [notResolved("reopened"), "Not auto-resolved: it was reopened"],
    [notResolved("classified"), "Not auto-resolved: a person has classified it"],
    [
      notResolved("severityAboveLimit", BY_ACCOUNT),
      "Not auto-resolved: above the severity limit (account setting, set by Priya Nair on 3 May)",
    ],
    [notResolved("otherSource"), "Not auto-resolved: written by a product that auto-resolve leaves alone (default)"],
    [notResolved("threatActive"), "Not auto-resolved: the threat is still active (hold while active, default)"],
    [notResolved("statusUnknown"), "Not auto-resolved: Defender gives a status that Watchdesk does not know"],
    [notResolved("unreadable"), "Not auto-resolved: the alert could not be read in full"],
    [notResolved("paused"), "Not auto-resolved: this tenant is paused"],
    [
      { ...pending, nextTryAt: "2026-11-22T14:06:00.000Z", why: "Defender is not answering." },
      "Auto-resolve pending: Defender is not answering, next try 14:06 UTC",
    ],
    [
      { ...pending, step: "comment", nextTryAt: null, why: null },
      "Auto-resolve pending at its comment: waiting for Defender",
    ],
    [{ kind: "undone", at: LATER, by: "Priya Nair" }, "Auto-resolve undone by Priya Nair, 14:20 UTC, 22 Nov"],
    [{ kind: "undone", at: LATER, by: null }, "Auto-resolve undone in the Defender portal, 14:20 UTC, 22 Nov"],
  ])("%j", (status, words) => {
    expect(autoResolveWords(status)).toBe(words);
  });
});

const claim = { by: PRIYA, at: LATER, inDefender: true };
const byWatchdesk = recordOf({ resolution: { by: { kind: "watchdesk" }, at: LATER } }, { status: "resolved" });
const byPerson = recordOf({ resolution: { by: { kind: "person", name: "Priya" }, at: LATER } }, { status: "resolved" });

describe("the life line", () => {
  it.each<[string, AlertRecord]>([
    ["Unclaimed", recordOf()],
    ["Unclaimed", byWatchdesk],
    ["Unclaimed", recordOf({}, { assignedTo: "Automation" })],
    ["Claimed by Priya Nair, 14:20 UTC, 22 Nov", recordOf({ claim })],
    ["Assigned to tom@x in Defender", recordOf({}, { assignedTo: "tom@x" })],
    ["Resolved by Priya, 14:20 UTC, 22 Nov", byPerson],
    ["Resolved in the Defender portal", recordOf({}, { status: "resolved" })],
    ["Unclaimed · Reopened in the Defender portal, 14:20 UTC, 22 Nov", recordOf({ reopened: { by: null, at: LATER } })],
    [
      "Claimed by Priya Nair, 14:20 UTC, 22 Nov (only here: Defender did not take the assignment)",
      recordOf({ claim: { ...claim, inDefender: false } }),
    ],
    [
      "Unclaimed · Resolving, asked for by Priya Nair, 14:20 UTC, 22 Nov",
      recordOf({ resolveRequest: { by: PRIYA, at: LATER, reference: "r" } }),
    ],
  ])("%s", (words, record) => {
    expect(lifeLine(record)).toBe(words);
  });

  it("knows a person from Defender's automation", () => {
    expect(isUnclaimed(recordOf({}, { assignedTo: "Automation" }))).toBe(true);
    expect(isUnclaimed(recordOf({}, { assignedTo: "tom@x" }))).toBe(false);
  });
});

describe("the alert card's buttons", () => {
  const titles = (record: AlertRecord): unknown[] => {
    const { card } = alertCard({ record, organizationName: "Contoso" });
    return [...ofType(card, "Action.Execute"), ...ofType(card, "Action.OpenUrl")].map((action) => action.title);
  };
  it.each<[string, AlertRecord, readonly string[]]>([
    ["open", recordOf(), ["Claim", "Open in Defender"]],
    ["claimed", recordOf({ claim }), ["Open in Defender"]],
    ["resolved by policy: still the team's", byWatchdesk, ["Claim", "Reopen", "Open in Defender"]],
    ["resolved by a person", byPerson, ["Reopen", "Open in Defender"]],
    ["with an address that is not the portal's", recordOf({}, { portalUrl: "https://evil.example" }), ["Claim"]],
  ])("%s", (_name, record, buttons) => {
    expect(titles(record)).toEqual(buttons);
  });
});

describe("counts", () => {
  it("are written only where they are proven", () => {
    const none = { open: 0, olderOpen: 0, total: 0 };
    expect(coverageWords(overviewOf({ sync: null, counts: none })).openAlerts).toBe("unknown");
    expect(coverageWords(overviewOf({ counts: none })).openAlerts).toBe("0");
    const revoked = overviewOf({ counts: none }, { state: "consentRevoked" });
    expect(coverageWords(revoked).openAlerts).toBe("unknown (0 at 14:10 UTC, 22 Nov)");
  });
});

describe("times", () => {
  it("are written out with their zone", () => {
    expect(timeWords("2026-11-22T00:02:59.000Z")).toBe("00:02 UTC, 22 Nov");
    expect(clockWords(NOW)).toBe("14:02 UTC");
    expect(datedTimeWords(NOW)).toBe("14:02 UTC, 22 Nov 2026");
    expect(timeWords("never")).toBe("time unknown");
  });
});
