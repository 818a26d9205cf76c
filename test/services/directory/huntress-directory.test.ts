import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHuntressDirectory } from "../../../services/directory/huntress/huntress-directory.ts";
import { jsonAnswer, pageAnswer } from "../../sandbox/answer.ts";
import { MovedClock } from "../../sandbox/clock.ts";
import {
  type HuntressOptions,
  type HuntressServer,
  startHuntressServer,
} from "../../sandbox/huntress/huntress-server.ts";

let server: HuntressServer;
let warnings: string[];
let clock: MovedClock;
beforeEach(() => {
  warnings = [];
  clock = new MovedClock(new Date("2026-11-22T14:00:00.000Z"));
});
afterEach(() => server.close());

async function directory(options: Partial<HuntressOptions> = {}, changes: { secret?: string } = {}) {
  const organizations = Array.from({ length: 1_050 }, (_, at) => ({ id: at + 1, name: `Customer ${at + 1}` }));
  server = await startHuntressServer({ clock, organizations, ...options });
  const warn = (sentence: string) => {
    warnings.push(sentence);
  };
  return createHuntressDirectory(
    { clock: { now: () => clock.now().toISOString() }, log: { debug: warn, info: warn, warn, error: warn } },
    { accountId: "account", key: server.key, secret: changes.secret ?? server.secret, url: server.url },
  );
}

async function readAll(of: Awaited<ReturnType<typeof directory>>): Promise<readonly string[]> {
  const names: string[] = [];
  let from: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof of.page>> = await of.page(from);
    names.push(...page.organizations.map(({ name }) => name));
    from = page.next;
  } while (from !== null);
  return names;
}

describe("the Huntress API as a directory", () => {
  it.each(["number", "token"] as const)("reads all pages, joined by %s", async (paging) => {
    const names = await readAll(await directory({ paging }));
    expect(names).toHaveLength(1_050);
    expect(names.at(-1)).toBe("Customer 1050");
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]).toBe("?limit=500&page=1");
    expect(server.unknownRequests).toEqual([]);
  });

  it("gives ids as text, and leaves out entries that cannot be read", async () => {
    const reading = await directory();
    const odd = [
      { id: 1, name: "One" },
      { id: null, name: "x" },
      { id: "org-2", name: "Two", new_field: {} },
      7,
      { id: 3 },
    ];
    server.failNext(jsonAnswer(200, { organizations: odd }));
    expect(await reading.page(null)).toEqual({
      organizations: [
        { id: "1", name: "One" },
        { id: "org-2", name: "Two" },
      ],
      next: null,
    });
    expect(warnings).toEqual(["Huntress listed organizations that cannot be read."]);
  });

  it("says how long a 429 asks to wait", async () => {
    const reading = await directory({ limitPerMinute: 1 });
    await reading.page(null);
    clock.advance(20_000);
    await expect(reading.page("page:2")).rejects.toMatchObject({
      code: "throttled",
      retryable: true,
      retryAfterMs: 40_000,
    });
    clock.advance(40_000);
    expect((await reading.page("page:2")).organizations).toHaveLength(500);
  });

  it.each<[string, Parameters<HuntressServer["failNext"]>[0], object]>([
    ["a failing server", jsonAnswer(503, {}), { code: "not-answering", retryable: true, retryAfterMs: null }],
    [
      "a date to wait for",
      jsonAnswer(429, {}, { "retry-after": "Sun, 22 Nov 2026 14:01:00 GMT" }),
      { retryAfterMs: 60_000 },
    ],
    ["a page of HTML", pageAnswer(200, "<h1>maintenance</h1>"), { code: "unreadable-answer", retryable: true }],
    ["a list of another kind", jsonAnswer(200, { agents: [] }), { code: "unreadable-answer", retryable: true }],
    ["a broken connection", { kind: "reset" }, { code: "not-answering", retryable: true }],
    ["half an answer", { kind: "truncated", status: 200, headers: {}, body: "{}{}{}" }, { code: "unreadable-answer" }],
    ["a redirect", jsonAnswer(302, {}, { location: "https://evil.example" }), { code: "refused", retryable: false }],
  ])("names %s", async (_what, answer, expected) => {
    const reading = await directory();
    server.failNext(answer);
    await expect(reading.page(null)).rejects.toMatchObject(expected);
  });

  it("says that its credentials are refused, without showing them", async () => {
    const reading = await directory({}, { secret: "canary-wrong" });
    const failure = await reading.page(null).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ code: "unauthorized", retryable: false, detail: "HTTP 401" });
    expect(`${JSON.stringify(failure)}${String(failure)}`).not.toContain("canary");
    expect(server.requests).toEqual([]);
  });
});
