import { beforeEach, describe, expect, it } from "vitest";
import { createRoster, isOutsider, type Roster } from "../../bot/roster.ts";
import type { ConnectorCall, ConnectorOutcome } from "../../bot/teams-connector.ts";
import { MINUTE } from "../../services/domain/instant.ts";
import { type MovedClock, movedClock } from "../contract/store/opened-store.ts";

const place = {
  accountId: "account-a",
  conversationId: "19:channel",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
};
const robin = {
  aadObjectId: "p-robin",
  name: "Robin Reyes",
  userPrincipalName: "robin@soc.example",
  userRole: "user",
  tenantId: "ACCOUNT-A",
};
const guest = { ...robin, aadObjectId: "p-guest", userRole: "guest" };
const stranger = { ...robin, aadObjectId: "p-stranger", tenantId: "another-tenant" };

let clock: MovedClock;
let paths: string[];
let answers: Map<string, ConnectorOutcome>;
let roster: Roster;
beforeEach(() => {
  clock = movedClock();
  paths = [];
  answers = new Map();
  const call: ConnectorCall = async ({ path, method }) => {
    paths.push(`${method} ${path}`);
    return answers.get(path) ?? { kind: "refused", status: 404, code: "MemberNotFound" };
  };
  roster = createRoster({ call, clock });
});
const MEMBER = "conversations/19%3Achannel/members/";
const PAGE = "conversations/19%3Achannel/pagedmembers?pageSize=500";
const member = (id: string, body: unknown) => answers.set(MEMBER + encodeURIComponent(id), { kind: "done", body });
const page = (members: readonly unknown[], continuationToken?: string, token = "") =>
  answers.set(token === "" ? PAGE : `${PAGE}&continuationToken=${token}`, {
    kind: "done",
    body: { members, continuationToken },
  });

describe("find", () => {
  it("gives a member as Teams has it, by any id, and remembers it for five minutes", async () => {
    member("29:robin", robin);
    const found = {
      objectId: "p-robin",
      name: "Robin Reyes",
      signInName: "robin@soc.example",
      guest: false,
      tenantId: "ACCOUNT-A",
    };
    expect(await roster.find(place, "29:robin")).toEqual(found);
    answers.clear();
    clock.advance(5 * MINUTE - 1);
    expect(await roster.find(place, "29:robin")).toEqual(found);
    expect(paths).toEqual([`GET ${MEMBER}29%3Arobin`]);
    clock.advance(1);
    expect(await roster.find(place, "29:robin")).toBeNull();
  });

  it("keeps conversations apart, and never remembers that somebody is not there", async () => {
    member("29:robin", robin);
    await roster.find(place, "29:robin");
    expect(await roster.find({ ...place, conversationId: "19:other" }, "29:robin")).toBeNull();
    expect(await roster.find(place, "29:kim")).toBeNull();
    member("29:kim", { ...robin, objectId: "p-kim", aadObjectId: undefined });
    expect((await roster.find(place, "29:kim"))?.objectId).toBe("p-kim");
  });

  it.each<[string, ConnectorOutcome]>([
    ["does not answer", { kind: "ambiguous", why: "timeout" }],
    ["makes wait", { kind: "wait", milliseconds: 1_000 }],
    ["answers with something else", { kind: "done", body: "<html>" }],
    ["knows no object id", { kind: "done", body: { name: "A bot" } }],
  ])("gives nobody where Teams %s", async (_what, outcome) => {
    answers.set(`${MEMBER}x`, outcome);
    expect(await roster.find(place, "x")).toBeNull();
  });
});

describe("hasOutsiders", () => {
  it.each<[string, readonly unknown[], boolean]>([
    ["people of the account alone", [robin], false],
    ["a guest", [robin, guest], true],
    ["an anonymous member", [robin, { ...robin, userRole: "anonymous" }], true],
    ["somebody without an object id", [robin, { name: "Joined by a link" }], true],
    ["somebody of another tenant", [robin, stranger], true],
    ["nobody", [], false],
  ])("%s: %s", async (_what, members, expected) => {
    page(members);
    expect(await roster.hasOutsiders(place)).toBe(expected);
  });

  it("looks through every page", async () => {
    page([robin], "more");
    page([robin], "last", "more");
    page([guest], undefined, "last");
    expect(await roster.hasOutsiders(place)).toBe(true);
    expect(paths).toHaveLength(3);
  });

  it("is true where Teams does not tell the whole roster, and asks again then", async () => {
    page([robin], "more");
    expect(await roster.hasOutsiders(place)).toBe(true);
    page([robin], undefined, "more");
    expect(await roster.hasOutsiders(place)).toBe(false);
  });

  it("is true for a crowd that never ends, after no more than twenty pages", async () => {
    page([robin], "again");
    page([robin], "again", "again");
    expect(await roster.hasOutsiders(place)).toBe(true);
    expect(paths).toHaveLength(20);
  });

  it("is remembered for five minutes, not longer: a guest who came is noticed", async () => {
    page([robin]);
    await roster.hasOutsiders(place);
    page([robin, guest]);
    clock.advance(5 * MINUTE - 1);
    expect(await roster.hasOutsiders(place)).toBe(false);
    clock.advance(1);
    expect(await roster.hasOutsiders(place)).toBe(true);
  });
});

describe("isOutsider", () => {
  const of = (fields: { guest?: boolean; tenantId?: string | null }) =>
    isOutsider(
      { objectId: "p", name: "", signInName: null, guest: false, tenantId: "account-a", ...fields },
      "account-a",
    );
  it.each([
    [{}, false],
    [{ tenantId: null }, false],
    [{ tenantId: "ACCOUNT-A" }, false],
    [{ guest: true }, true],
    [{ guest: true, tenantId: null }, true],
    [{ tenantId: "account-b" }, true],
  ])("%j: %s", (fields, expected) => {
    expect(of(fields)).toBe(expected);
  });
});
