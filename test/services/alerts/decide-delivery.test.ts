import { describe, expect, it } from "vitest";
import { decideDelivery } from "../../../services/alerts/decide-delivery.ts";
import type { Alert } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { Delivery } from "../../../services/domain/delivery.ts";
import { at, delivery, link, record } from "../../contract/store/store-samples.ts";

const scope = { accountId: "account-a", tenantId: "tenant-1" };
const tenant = link({ ...scope, linkedAt: at(-60) });
const decided = {
  kind: "notResolved" as const,
  reason: "off" as const,
  origin: { level: "default" as const, by: null, at: null },
};
const older = { createdAt: at(-61) };

function decide(alert: Partial<Alert>, fields: Partial<AlertRecord>, card: Partial<Delivery> | null) {
  const item = record(scope, alert, { revision: 3, autoResolve: decided, ...fields });
  const decision = decideDelivery(item, tenant, card === null ? null : delivery(scope, item.alert.id, card), at(0));
  return `${decision.kind} ${decision.reason}`;
}

describe("decideDelivery: no card yet", () => {
  it.each<[string, Partial<Alert>, Partial<AlertRecord>, string]>([
    ["nobody decided about it", {}, { autoResolve: { kind: "undecided" } }, "skip notSettled"],
    ["a new alert", {}, {}, "post newAlert"],
    ["a new alert in its first revision", {}, { revision: 1 }, "post newAlert"],
    ["a new alert that is resolved", { status: "resolved" }, {}, "post newAlert"],
    ["exactly as old as the link", { createdAt: at(-60) }, {}, "post newAlert"],
    ["older and resolved", { ...older, status: "resolved" }, {}, "skip olderAndResolved"],
    ["older, of the first read, resolved since", { status: "resolved" }, { baseline: true }, "skip olderAndResolved"],
    ["older, of the first read, as it was", {}, { baseline: true, revision: 1 }, "skip olderAndUntouched"],
    ["older, of the first read, changed since", {}, { baseline: true, revision: 2 }, "post olderAlertChanged"],
    ["older, found by a later read because it changed", older, { revision: 1 }, "post olderAlertChanged"],
  ])("%s", (_what, alert, fields, expected) => {
    expect(decide(alert, fields, null)).toBe(expected);
  });
});

describe("decideDelivery: a card is recorded", () => {
  it.each<[string, Partial<Delivery>, string]>([
    ["refused", { state: "refused" }, "skip refusedBefore"],
    ["refused, though out of date", { state: "refused", activityId: "m", shownRevision: 1 }, "skip refusedBefore"],
    ["due, never shown", { state: "due" }, "post newAlert"],
    ["due, after its message was deleted", { state: "due", shownRevision: 2 }, "post messageWasGone"],
    ["posting, never answered", { state: "posting" }, "post noAnswerBefore"],
    [
      "posting, never answered twice",
      { state: "posting", ambiguousPosts: 1, changedAt: at(-59) },
      "skip noAnswerTwice",
    ],
    [
      "posting, never answered twice, for an hour",
      { state: "posting", ambiguousPosts: 1, changedAt: at(-60) },
      "post noAnswerForLong",
    ],
    ["posted, an older revision", { state: "posted", activityId: "m", shownRevision: 2 }, "edit cardIsOutOfDate"],
    ["posted, this revision", { state: "posted", activityId: "m", shownRevision: 3 }, "skip cardIsUpToDate"],
    ["posted, a newer revision", { state: "posted", activityId: "m", shownRevision: 4 }, "skip cardIsUpToDate"],
  ])("%s", (_what, card, expected) => {
    expect(decide({}, {}, card)).toBe(expected);
  });

  it("edits the card of an alert that is older, resolved or not decided about: what is on screen must be true", () => {
    const card = { state: "posted" as const, activityId: "m", shownRevision: 1 };
    expect(decide({ ...older, status: "resolved" }, {}, card)).toBe("edit cardIsOutOfDate");
    expect(decide({}, { autoResolve: { kind: "undecided" } }, card)).toBe("edit cardIsOutOfDate");
  });

  it("names the message to edit", () => {
    const item = record(scope, {}, { revision: 2, autoResolve: decided });
    const card = delivery(scope, item.alert.id, { state: "posted", activityId: "message-7", shownRevision: 1 });
    expect(decideDelivery(item, tenant, card, at(0))).toMatchObject({ activityId: "message-7" });
  });
});
