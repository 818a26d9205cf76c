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
  { verb: "consent.renew", journeyId: "j" },
  { verb: "settings.open", tenantId: null },
  { verb: "settings.save", tenantId: null, values },
  { verb: "settings.save", tenantId: "t", values: { ...values, sources: "inherit" } },
  { verb: "tenants.page", offset: 10, filter: "acme" },
  { verb: "tenant.removeConfirmed", tenantId: "t" },
  { verb: "channel.bind", bindingKind: "notices", membersAreAnalysts: false },
  { verb: "channel.unbind", bindingKind: "alerts" },
  { verb: "command.run", words: "connect tenant" },
];

describe("card actions", () => {
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
    ["settings.save", { tenantId: "", ...values, comment: "inherit" }],
    ["settings.save", { tenantId: "t", ...values, upToSeverity: "unknown" }],
    ["channel.bind", { bindingKind: "all", membersAreAnalysts: true }],
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

  it("begins at the first page where no offset was sent", () => {
    expect(parseCardAction("alerts.page", {})).toEqual({ verb: "alerts.page", offset: 0, filter: "" });
  });
});
