import { describe, expect, it } from "vitest";
import { coverageNoticeWords } from "../../cards/coverage-notice-words.ts";
import { noticeCard } from "../../cards/notice-card.ts";
import type { CoverageNotice, NoticedTenant } from "../../services/domain/coverage-notice.ts";
import { ofType } from "./card-nodes.ts";
import { HOSTILE_LONG, LATER, NOW, times } from "./examples/example-parts.ts";
import { cardProblems } from "./parse-card.ts";
import { teamsMarkdown } from "./teams-markdown.ts";

const noticed = (fields: Partial<NoticedTenant> = {}): NoticedTenant => ({
  organizationName: "Contoso Dental",
  tenantName: "Contoso Dental GmbH",
  state: "connected",
  trouble: null,
  coverage: NOW,
  linkedAt: "2026-11-01T08:00:00.000Z",
  ...fields,
});
const trouble = { sentence: "The consent is gone.", detail: null, since: NOW, mender: "customer" } as const;
const many = (count: number, fields: (at: number) => Partial<NoticedTenant> = () => ({})) =>
  times(count, (at) => noticed({ organizationName: `Customer ${at}`, ...fields(at) }));

describe("what the admins are told of tenants", () => {
  it.each<[string, CoverageNotice, string]>([
    [
      "one, unproven",
      { about: "coverage", tenants: [noticed()] },
      "Contoso Dental is not proven read since 14:02 UTC, 22 Nov",
    ],
    [
      "one, never read",
      { about: "coverage", tenants: [noticed({ coverage: null })] },
      "Contoso Dental is not proven read since it was connected",
    ],
    [
      "one, in a state",
      { about: "state", tenants: [noticed({ state: "consentRevoked", trouble })] },
      "Contoso Dental is not being watched",
    ],
    [
      "one, lacking something",
      { about: "state", tenants: [noticed({ state: "permissionsMissing" })] },
      "Contoso Dental lacks permissions",
    ],
    [
      "one, without Defender",
      { about: "state", tenants: [noticed({ state: "defenderNotAvailable" })] },
      "Contoso Dental has no working Defender for Endpoint",
    ],
    ["one, over", { about: "over", tenants: [noticed()] }, "Contoso Dental is being watched again"],
    [
      "37, unproven",
      { about: "coverage", tenants: many(37) },
      "37 tenants are not proven read since 14:02 UTC, 22 Nov",
    ],
    [
      "37, one after another",
      { about: "coverage", tenants: many(37, (at) => ({ coverage: at === 9 ? NOW : LATER })) },
      "37 tenants are not proven read, the first since 14:02 UTC, 22 Nov",
    ],
    ["37, in states", { about: "state", tenants: many(37) }, "37 tenants are not read as they should be"],
    ["37, over", { about: "over", tenants: many(37) }, "37 tenants are being watched again"],
  ])("%s", (_name, notice, title) => {
    const words = coverageNoticeWords(notice);
    expect(words.title).toBe(title);
    expect(words.text).not.toBe("");
  });

  it("gives the reason where there is one, and what to do", () => {
    const words = coverageNoticeWords({ about: "coverage", tenants: [noticed({ trouble })] }).text;
    expect(words).toContain("The consent is gone. Until it is read again its alerts may be missing here");
    expect(words).toContain("If it lasts, open it under `tenants`");
    expect(coverageNoticeWords({ about: "state", tenants: [noticed({ trouble })] }).text).toBe("The consent is gone.");
  });

  it("names the five that are out the longest, and counts the rest", () => {
    const tenants = many(8, (at) => ({ coverage: at === 7 ? NOW : LATER, state: "consentRevoked" }));
    expect(coverageNoticeWords({ about: "coverage", tenants }).text).toMatch(
      /^Customer 7, Customer 0, .* and 3 more\./,
    );
    expect(coverageNoticeWords({ about: "state", tenants }).text).toMatch(/^Customer 7 \(consent revoked\), /);
    expect(coverageNoticeWords({ about: "over", tenants: many(2) }).text).toMatch(/^Customer 0, Customer 1\. /);
  });

  it.each(["state", "coverage", "over"] as const)("lets nothing in a name come alive: %s", (about) => {
    for (const count of [1, 6]) {
      const tenants = many(count, () => ({
        organizationName: HOSTILE_LONG,
        tenantName: HOSTILE_LONG,
        state: "consentRevoked",
      }));
      const { card, summary } = noticeCard(coverageNoticeWords({ about, tenants }));
      expect(cardProblems(card)).toEqual([]);
      const texts = ofType(card, "TextBlock").map((node) => String(node.text));
      expect(texts.filter((text) => /<(?!\/?$)/.test(teamsMarkdown(text)))).toEqual([]);
      expect(texts.join("\n") + summary).not.toContain("${");
    }
  });
});
