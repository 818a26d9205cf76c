import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../dialogs/commands.ts";
import { findCommand } from "../../dialogs/find-command.ts";

const words = COMMANDS.map((command) => command.words);
const found = (typed: string) => {
  const search = findCommand(typed);
  return search.kind === "found" ? [search.command.id, search.rest] : search;
};

/** Each word with two neighbouring letters swapped, one letter lost, one doubled: not at its beginning. */
function typosOf(command: string): string[] {
  const places = Array.from({ length: command.length - 2 }, (_, index) => index + 1);
  return places.flatMap((at) => [
    command.slice(0, at) + (command[at + 1] ?? "") + (command[at] ?? "") + command.slice(at + 2),
    command.slice(0, at) + command.slice(at + 1),
    command.slice(0, at) + (command[at] ?? "") + command.slice(at),
  ]);
}

describe("the command table", () => {
  it("has each id and each word once, and says what each does", () => {
    expect(new Set(words).size).toBe(words.length);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(words.length);
    for (const { words: typed, summary } of COMMANDS) {
      expect(typed).toMatch(/^[a-z]+( [a-z]+)*$/);
      expect(summary.length).toBeGreaterThan(5);
      expect(summary.endsWith(".")).toBe(false);
    }
  });

  it("has every command that is promised", () => {
    expect(words.toSorted()).toEqual(
      [
        ..."help,connect tenant,tenants,settings,sync,organizations,add organization,alerts,alert,why,channels".split(
          ",",
        ),
        ..."post alerts here,post admin notices here,roles,grant,revoke,audit,cancel".split(","),
        ..."audit verify,audit export,import organizations,rename organization,move tenant,connect tenants".split(","),
      ].toSorted(),
    );
  });
});

describe("findCommand", () => {
  it.each(words)("finds %s as it stands, in capitals and among spaces", (typed) => {
    for (const variant of [typed, typed.toUpperCase(), `  ${typed.replaceAll(" ", " \t\n ")} `]) {
      const search = findCommand(variant);
      expect(search).toMatchObject({ kind: "found", command: { words: typed }, rest: "" });
    }
  });

  it.each([
    ["tenants north", "tenants", "north"],
    ["settings Contoso  Retail ", "settings", "Contoso Retail"],
    ["ADD organization Ärzte am Markt", "addOrganization", "Ärzte am Markt"],
    ["alerts acme high open last 24h", "alerts", "acme high open last 24h"],
    ["alert da637551227677560813", "alert", "da637551227677560813"],
    ["grant analyst @kim", "grant", "analyst @kim"],
    ["alert alerts", "alert", "alerts"],
    ["connect tenants", "connectTenants", ""],
    ["Connect  Tenants all", "connectTenants", "all"],
    ["connect tenant", "connect", ""],
    ["\u{ff48}\u{ff45}\u{ff4c}\u{ff50}", "help", ""],
  ])("takes %j for %s with %j after it", (typed, id, rest) => {
    expect(found(typed)).toEqual([id, rest]);
  });

  it.each(words)("asks for %s when it is mistyped", (typed) => {
    for (const typo of typosOf(typed).filter((text) => findCommand(text).kind !== "found")) {
      const search = findCommand(typo);
      // "alert" and "alerts" are one letter apart: either may be meant.
      const meant = typed === "alert" ? expect.stringMatching(/^alerts?$/) : typed;
      expect([typo, search]).toEqual([typo, { kind: "unknown", didYouMean: meant }]);
    }
  });

  it.each([
    ["help me please", "help"],
    ["connect", "connect tenant"],
    ["connect tenant contoso", "connect tenant"],
    ["connect tenat", "connect tenant"],
    ["connect tenats", "connect tenants"],
    ["connect tenantss", "connect tenants"],
    ["conect tenants all", "connect tenants"],
    ["conect tenant contoso", "connect tenant"],
    ["alrets high open", "alerts"],
    ["tennants north", "tenants"],
    ["setings contoso", "settings"],
    ["post alerts", "post alerts here"],
  ])("takes %j for a mistyped %s", (typed, meant) => {
    expect(findCommand(typed)).toEqual({ kind: "unknown", didYouMean: meant });
  });

  it.each(["qwertzuiop", "xx", "?", "\u{1f600}", "good morning everybody", "1 2 3"])(
    "guesses nothing for %j",
    (typed) => {
      expect(findCommand(typed)).toEqual({ kind: "unknown", didYouMean: null });
    },
  );

  it("guesses nothing for 10,000 characters, and takes no time over them", () => {
    const started = performance.now();
    expect(findCommand("a".repeat(10_000))).toEqual({ kind: "unknown", didYouMean: null });
    expect(findCommand(`helpp ${"x ".repeat(5_000)}`)).toEqual({ kind: "unknown", didYouMean: null });
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each(["", "   ", "\n\t"])("has nothing to find in %j", (typed) => {
    expect(findCommand(typed)).toEqual({ kind: "empty" });
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (typed) => {
        expect(["found", "unknown", "empty"]).toContain(findCommand(typed).kind);
      }),
    );
  });
});
