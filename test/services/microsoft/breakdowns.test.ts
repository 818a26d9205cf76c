import { describe, expect, it } from "vitest";
import { aadstsEntry } from "../../../services/domain/aadsts-book.ts";
import { apiBreakdown } from "../../../services/microsoft/api-breakdown.ts";
import { cloudEndpoints } from "../../../services/microsoft/cloud.ts";
import { tokenBreakdown } from "../../../services/microsoft/token-breakdown.ts";
import { noOverrides } from "./microsoft-fixture.ts";

const now = "2026-11-22T14:00:00.000Z";

function api(status: number, body: unknown = null, headers: Record<string, string> = {}) {
  return apiBreakdown("Microsoft Graph", { status, headers, body }, now);
}

function token(body: unknown, status = 400) {
  return tokenBreakdown({ status, headers: {}, body });
}

describe("apiBreakdown", () => {
  it.each([
    [400, "refused", false],
    [401, "unauthorized", false],
    [403, "permission-missing", false],
    [404, "not-found", false],
    [408, "not-answering", true],
    [409, "conflict", false],
    [412, "conflict", false],
    [429, "throttled", true],
    [302, "unreadable-answer", true],
    [500, "not-answering", true],
    [504, "not-answering", true],
  ])("reads %i as %s", (status, code, retryable) => {
    expect(api(status)).toMatchObject({ code, retryable, detail: `HTTP ${status}`, retryAfterMs: null });
  });

  it("names the service's own code, but not one that is a text", () => {
    expect(api(403, { error: { code: "Forbidden", message: "x" } }).detail).toBe("Forbidden");
    expect(api(403, { error: { code: "<b>no</b> code", message: "x" } }).detail).toBe("HTTP 403");
    expect(api(403, { error: { code: "DisabledFeature" } }).code).toBe("refused");
  });

  it.each([
    ["7", 7_000],
    ["0", 0],
    ["Sun, 22 Nov 2026 14:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 13:00:00 GMT", 0],
    ["soon", null],
    ["", null],
  ])("reads Retry-After %j as %j ms", (header, expected) => {
    expect(api(429, null, { "retry-after": header }).retryAfterMs).toBe(expected);
  });
});

describe("tokenBreakdown", () => {
  it.each([
    ["AADSTS7000112", "consent-missing", "customer"],
    ["AADSTS700016", "consent-missing", "customer"],
    ["AADSTS65001", "consent-missing", "customer"],
    ["AADSTS500011", "defender-not-available", "customer"],
    ["AADSTS650052", "defender-not-available", "customer"],
    ["AADSTS650057", "credential-failing", "operator"],
    ["AADSTS7000222", "credential-failing", "operator"],
    ["AADSTS90002", "tenant-unknown", "operator"],
    ["AADSTS900432", "tenant-unknown", "operator"],
    ["AADSTS53003", "refused", "customer"],
    ["AADSTS90033", "not-answering", "nobody"],
  ])("reads %s as %s, mended by %j", (aadsts, code, mender) => {
    const entry = aadstsEntry(aadsts);
    const breakdown = token({ error: "invalid_client", error_description: `${aadsts}: words` });
    expect(entry?.mender).toBe(mender);
    expect(breakdown).toMatchObject({ code, detail: aadsts, message: entry?.sentence });
  });

  it("goes by the number where the description has none, and by `error` where nothing is known", () => {
    expect(token({ error: "x", error_codes: [7000215] })).toMatchObject({ detail: "AADSTS7000215" });
    expect(token({ error: "invalid_client" })).toMatchObject({ code: "credential-failing", detail: "invalid_client" });
    // A code that nobody here knows may be one tenant's matter: no alarm for all of them.
    expect(token({ error: "invalid_client", error_codes: [1] })).toMatchObject({ code: "refused", detail: "AADSTS1" });
    expect(token({ error: "unauthorized_client" })).toMatchObject({ code: "consent-missing" });
    expect(token({ error: "temporarily_unavailable" })).toMatchObject({ code: "not-answering", retryable: true });
    expect(token("<html>")).toMatchObject({ code: "refused", detail: "HTTP 400" });
  });
});

describe("cloudEndpoints", () => {
  it("keeps every host in its own cloud", () => {
    expect(cloudEndpoints("public", noOverrides)).toMatchObject({
      graph: "https://graph.microsoft.com",
      defenderScope: "https://api.securitycenter.microsoft.com/.default",
      teamsServiceOrigins: ["https://smba.trafficmanager.net"],
    });
    const high = JSON.stringify(cloudEndpoints("gcchigh", noOverrides));
    expect(high).not.toContain(".com");
    expect(cloudEndpoints("gcc", noOverrides).defender).toBe("https://api-gcc.securitycenter.microsoft.us");
  });

  it("puts a sandbox's addresses in place, and leaves the scopes", () => {
    const urls = { loginUrl: "http://127.0.0.1:1", teamsServiceUrls: ["http://127.0.0.1:2/emea"] };
    expect(cloudEndpoints("public", { ...noOverrides, ...urls })).toMatchObject({
      login: "http://127.0.0.1:1",
      loginAuthority: "https://login.microsoftonline.com",
      graphScope: "https://graph.microsoft.com/.default",
      teamsServiceOrigins: ["http://127.0.0.1:2"],
    });
  });
});
