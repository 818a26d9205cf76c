import { describe, expect, it } from "vitest";
import { Breakdown, type BreakdownCode } from "../../../services/domain/breakdown.ts";
import { createConsentLinks } from "../../../services/tenants/consent-links.ts";
import { troubleOf } from "../../../services/tenants/tenant-trouble.ts";

const now = "2026-11-22T14:02:00.000Z";

describe("troubleOf", () => {
  it.each<[BreakdownCode, string | null]>([
    ["throttled", null],
    ["store-unavailable", null],
    ["conflict", null],
    ["not-answering", "notAnswering"],
    ["unreadable-answer", "notAnswering"],
    ["refused", "notAnswering"],
    ["not-found", "notAnswering"],
    ["tenant-unknown", "notAnswering"],
    ["unauthorized", "consentRevoked"],
    ["consent-missing", "consentRevoked"],
    ["permission-missing", "permissionsMissing"],
    ["defender-not-available", "defenderNotAvailable"],
    ["credential-failing", null],
  ])("makes %s the state %s", (code, state) => {
    expect(troubleOf(new Breakdown(code, "x", { detail: "AADSTS1" }), now)?.state ?? null).toBe(state);
  });

  it("reads Entra's codes by the book, with who can mend it", () => {
    const read = (detail: string) => troubleOf(new Breakdown("refused", "x", { detail }), now);
    expect(read("AADSTS53003")?.trouble).toMatchObject({ mender: "customer", detail: "AADSTS53003" });
    expect(read("AADSTS53003")?.trouble.sentence).toContain("Conditional Access");
    expect(read("AADSTS90002")?.trouble.mender).toBe("operator");
    expect(read("AADSTS7000222")).toBeNull();
    expect(read("AADSTS424242")?.trouble.sentence).toContain("Microsoft's reason is AADSTS424242.");
  });

  it("keeps the other side's code for operators", () => {
    const found = troubleOf(new Breakdown("consent-missing", "x", { detail: "AADSTS700016" }), now);
    expect(found?.trouble).toMatchObject({ detail: "AADSTS700016", since: now });
  });
});

describe("consent links", () => {
  it("give each journey a link of its own, the same each time, and another one under another secret", () => {
    const links = createConsentLinks("one secret", "https://bot.example/");
    expect(links.idOf("a")).toMatch(/^[\w-]{43}$/);
    expect(links.idOf("a")).toBe(createConsentLinks("one secret", "https://x.example").idOf("a"));
    expect(
      new Set([links.idOf("a"), links.idOf("b"), createConsentLinks("two", "https://x.example").idOf("a")]).size,
    ).toBe(3);
    expect(links.urlOf("a")).toBe(`https://bot.example/consent/start?link=${links.idOf("a")}`);
    expect(links.hash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
