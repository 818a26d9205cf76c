import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, shift } from "../../../services/domain/instant.ts";
import { type AdminStanding, hasOtherApprover, mayApprove } from "../../../services/tenants/admin-standing.ts";
import { decideMoveApproval, type MoveAnswer } from "../../../services/tenants/decide-move-approval.ts";
import { decideMoveUndo } from "../../../services/tenants/decide-move-undo.ts";
import { A, link, move, ROBIN, START } from "../../contract/store/store-samples.ts";

const CONFIGURED: AdminStanding = { kind: "configured" };
const NONE: AdminStanding = { kind: "none" };
const granted = (ago: number): AdminStanding => ({ kind: "granted", grantedAt: shift(START, -ago) });
const SAM = "person-sam";

describe("who may answer a move that waits", () => {
  const decide = (answer: MoveAnswer, personId: string, standing: AdminStanding, changes = {}) => {
    const decision = decideMoveApproval({ move: move(changes), answer, personId, standing, now: START });
    return decision.kind === "accepted" ? "accepted" : decision.reason;
  };

  it.each([
    ["an admin by configuration approves", "approve", SAM, CONFIGURED, "accepted"],
    ["an admin of exactly 24 hours approves", "approve", SAM, granted(DAY), "accepted"],
    ["an admin of a minute less does not", "approve", SAM, granted(DAY - MINUTE), "grantTooFresh"],
    ["an admin by a channel alone does not", "approve", SAM, NONE, "notAdminByName"],
    ["nobody approves their own, though configured", "approve", ROBIN.id, CONFIGURED, "ownMove"],
    ["a fresh admin may stop it", "decline", SAM, granted(MINUTE), "accepted"],
    ["whoever asked may stop it too", "decline", ROBIN.id, CONFIGURED, "accepted"],
    ["whoever asked takes it back", "cancel", ROBIN.id, granted(MINUTE), "accepted"],
    ["nobody else takes it back", "cancel", SAM, CONFIGURED, "notOwnMove"],
  ] as const)("%s", (_name, answer, personId, standing, expected) => {
    expect(decide(answer, personId, standing)).toBe(expected);
  });

  it.each(["approved", "done", "undone", "declined", "cancelled", "expired"] as const)(
    "nobody once it is %s",
    (state) => {
      for (const answer of ["approve", "decline", "cancel"] as const) {
        expect(decide(answer, SAM, CONFIGURED, { state })).toBe("notWaiting");
      }
    },
  );

  it("nobody after its time, though no job has said so yet", () => {
    expect(decide("approve", SAM, CONFIGURED, { expiresAt: START })).toBe("expired");
    expect(decide("approve", SAM, CONFIGURED, { expiresAt: shift(START, MINUTE) })).toBe("accepted");
  });

  it("says from when on a fresh admin may", () => {
    const input = { move: move(), answer: "approve", personId: SAM, now: START } as const;
    expect(decideMoveApproval({ ...input, standing: granted(HOUR) })).toEqual({
      kind: "refused",
      reason: "grantTooFresh",
      ripeAt: shift(START, DAY - HOUR),
    });
  });
});

describe("whether a move needs somebody's approval", () => {
  const grant = (id: string, role: "admin" | "analyst", ago: number) => ({
    accountId: A,
    person: { id, name: id, signInName: null },
    role,
    grantedBy: ROBIN,
    grantedAt: shift(START, -ago),
  });
  const others = async (configured: readonly string[], grants: readonly ReturnType<typeof grant>[]) =>
    hasOtherApprover(
      {
        accounts: [],
        conversations: { personal: async () => null },
        configuredAdmins: new Set(configured),
        roles: { get: async () => null, list: async () => grants },
      },
      { accountId: A, personId: ROBIN.id, now: START },
    );

  it.each([
    ["nobody else is an admin", [ROBIN.id], [], false],
    ["another admin is configured", [ROBIN.id, SAM], [], true],
    ["another was granted a day ago", [ROBIN.id], [grant(SAM, "admin", DAY)], true],
    ["another was granted just now: no way around the wait", [ROBIN.id], [grant(SAM, "admin", MINUTE)], false],
    ["there are only analysts besides", [ROBIN.id], [grant(SAM, "analyst", DAY)], false],
    ["the asker's own grant does not count", [], [grant(ROBIN.id, "admin", DAY)], false],
  ] as const)("%s", async (_name, configured, grants, expected) => {
    expect(await others(configured, grants)).toBe(expected);
  });

  it("counts nobody as approver whose role is not by name", () => {
    expect(mayApprove(NONE, START)).toBe(false);
  });
});

describe("whether a move can be undone", () => {
  const done = move({
    tenantId: "t",
    state: "done",
    requestedAt: shift(START, -HOUR),
    undoUntil: shift(START, MINUTE),
  });
  const there = link({ tenantId: "t", organizationId: done.to.organizationId, linkedAt: shift(START, -DAY) });
  const decide = (changes: Partial<Parameters<typeof decideMoveUndo>[0]>) => {
    const decision = decideMoveUndo({ move: done, link: there, holder: null, now: START, ...changes });
    return decision.kind === "refused" ? decision.reason : decision.kind;
  };

  it.each([
    ["within its time", {}, "moveBack"],
    ["at the end of its time", { now: shift(START, MINUTE) }, "tooLate"],
    ["after the job has ended its time", { move: { ...done, undoUntil: null } }, "tooLate"],
    ["undone already", { move: { ...done, state: "undone" as const } }, "notDone"],
    ["never done", { move: { ...done, state: "declined" as const } }, "notDone"],
    ["its tenant removed", { link: null }, "tenantRemoved"],
    ["its tenant connected anew", { link: { ...there, linkedAt: START } }, "linkedOtherwise"],
    ["moved on", { link: { ...there, organizationId: "organization-3" } }, "linkedOtherwise"],
    ["cut short the last time", { link: { ...there, organizationId: done.from.organizationId } }, "movedBackAlready"],
    ["the old organization has a tenant again", { holder: link() }, "organizationHasTenant"],
  ])("%s", (_name, changes, expected) => {
    expect(decide(changes)).toBe(expected);
  });
});
