import { describe, expect, it } from "vitest";
import { actionData } from "../../cards/action-data.ts";
import { type CardAction, parseCardAction } from "../../cards/card-action.ts";

const values = {
  autoResolve: "off",
  comment: "on",
  holdWhileActive: "on",
  upToSeverity: "medium",
  sources: "all",
} as const;

const ACTIONS: readonly CardAction[] = [
  { verb: "alert.claim", tenantId: "t", alertId: "a" },
  { verb: "connect.map", organizationId: null, newOrganization: "Contoso", domain: null },
  { verb: "connect.cancel" },
  { verb: "connect.find", filter: "cont", offset: 100, newOrganization: null, domain: "contoso.com" },
  { verb: "import.confirm", importId: "i" },
  { verb: "links.make", listId: "l" },
  { verb: "links.cancel", listId: "l" },
  { verb: "tenant.consentAgain", tenantId: "t" },
  { verb: "consent.renew", journeyId: "j" },
  { verb: "settings.open", tenantId: null },
  { verb: "settings.save", tenantId: null, values, shown: null, seenAt: null },
  {
    verb: "settings.save",
    tenantId: "t",
    values: { ...values, sources: "inherit" },
    shown: null,
    seenAt: "2026-11-22T14:02:00.000Z",
  },
  { verb: "tenants.page", offset: 10, filter: "acme" },
  { verb: "tenant.removeConfirmed", tenantId: "t", organizationId: "o", linkedAt: "2026-11-22T14:02:00.000Z" },
  { verb: "move.begin", tenantId: "t" },
  { verb: "move.choose", tenantId: "t", organizationId: null, newOrganization: "Contoso Clinics" },
  { verb: "move.request", tenantId: "t", organizationId: "o", newOrganization: null },
  { verb: "move.undo", moveId: "m" },
  { verb: "channel.bind", bindingKind: "notices", membersAreAnalysts: false },
  { verb: "channel.unbind", bindingKind: "alerts" },
  { verb: "audit.page", offset: 20, filter: "contoso last 7d" },
  { verb: "roles.page", offset: 10, filter: "" },
  { verb: "roles.grant", picked: null, typed: "tom@soc.example", role: "analyst", seenAt: "2026-11-22T14:02:00.000Z" },
  { verb: "roles.revoke", personId: "p-1", personName: "Tom", seenAt: null },
  { verb: "command.run", words: "connect tenant" },
];

describe("card actions", () => {
  it("settings.save says what the card was preset to; anything else in its place counts as not said", () => {
    const data = { tenantId: "t", ...values, shown: { ...values, comment: "off" }, seenAt: "yesterday" };
    expect(parseCardAction("settings.save", data)).toMatchObject({ shown: { comment: "off" }, seenAt: null });
    for (const shown of ["off", { comment: "off" }, null, undefined]) {
      expect(parseCardAction("settings.save", { ...data, shown })).toMatchObject({ values, shown: null });
    }
  });

  it.each(ACTIONS)("$verb comes back as it was put on the card", (action) => {
    expect(parseCardAction(action.verb, actionData(action))).toEqual(action);
  });

  it.each([
    ["unknown.verb", {}],
    ["toString", {}],
    [undefined, {}],
    ["alert.claim", { tenantId: "t" }],
    ["alert.claim", { tenantId: "t", alertId: 7 }],
    ["alert.claim", { tenantId: "t", alertId: "x".repeat(301) }],
    ["alert.claim", "text"],
    ["alert.claim", null],
    ["tenants.page", { offset: "-1" }],
    ["tenants.page", { offset: "ten" }],
    ["connect.find", { filter: "x", offset: "-100" }],
    ["import.confirm", {}],
    ["settings.save", { tenantId: "", ...values, comment: "inherit" }],
    ["settings.save", { tenantId: "t", ...values, upToSeverity: "unknown" }],
    ["channel.bind", { bindingKind: "all", membersAreAnalysts: true }],
    ["roles.grant", { typed: "tom", role: "owner" }],
    ["roles.revoke", { personName: "Tom" }],
    ["move.request", { tenantId: "t", organizationId: "" }],
    ["move.approve", {}],
    ["command.run", { words: "  " }],
  ])("%s with %j is refused", (verb, data) => {
    expect(parseCardAction(verb, data)).toBeNull();
  });

  it("takes what people type without the spaces around it", () => {
    const typed = { organizationId: "", newOrganization: "  Contoso ", domain: "   " };
    expect(parseCardAction("connect.map", typed)).toEqual({
      verb: "connect.map",
      organizationId: null,
      newOrganization: "Contoso",
      domain: null,
    });
  });

  it("takes a moment of ours alone as the time when a card was made", () => {
    const seen = (seenAt: unknown) => parseCardAction("roles.revoke", { personId: "p", personName: "P", seenAt });
    expect(seen("2026-11-22T14:02:00.000Z")).toMatchObject({ seenAt: "2026-11-22T14:02:00.000Z" });
    for (const forged of ["9999", "2026-11-22", "now", 7, null]) expect(seen(forged)).toMatchObject({ seenAt: null });
  });

  it("begins at the first page where no offset was sent", () => {
    expect(parseCardAction("alerts.page", {})).toEqual({ verb: "alerts.page", offset: 0, filter: "" });
  });
});
