import { describe, expect, it } from "vitest";
import { parseTenantFilter } from "../../dialogs/tenant-filter-words.ts";
import type { TenantFilter } from "../../services/tenants/tenant-overviews.ts";

const filter = (text: string, states: TenantFilter["states"] = null, waiting = states === null): TenantFilter => ({
  text,
  states,
  waiting,
});

describe("the words of `tenants`", () => {
  it.each<[string, TenantFilter]>([
    ["", filter("")],
    ["contoso", filter("contoso")],
    ["Contoso  Dental", filter("Contoso Dental")],
    ["paused", filter("", ["paused"])],
    ["İpek Paused", filter("İpek", ["paused"])],
    ["Paused", filter("", ["paused"])],
    ["revoked", filter("", ["consentRevoked"])],
    ["acme consent revoked", filter("acme", ["consentRevoked"])],
    ["revoked paused", filter("", ["consentRevoked", "paused"])],
    ["permissions missing acme ltd", filter("acme ltd", ["permissionsMissing"])],
    ["our credential failing", filter("", ["credentialFailing"])],
    [
      "not watched",
      filter("", ["consentRevoked", "credentialFailing", "defenderNotAvailable", "notAnswering", "paused"]),
    ],
    ["waiting", filter("", [], true)],
    ["waiting for consent", filter("", [], true)],
    ["connected", filter("", ["connected"])],
    ["pausedly disconnected", filter("pausedly disconnected")],
  ])("%j", (words, read) => {
    expect(parseTenantFilter(words)).toEqual(read);
  });
});
