import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { HOUR, MINUTE, SECOND } from "../../../services/domain/instant.ts";
import { dueDirectories, syncDirectory } from "../../../services/organizations/sync-directory.ts";
import type { DirectoryPage } from "../../../services/ports/organization-directory.ts";
import { A, B, organization } from "../../contract/store/store-samples.ts";
import { type OrganizationWorld, openOrganizationWorld } from "./organization-world.ts";

let world: OrganizationWorld;
let pages: Map<string | null, DirectoryPage | Breakdown>;
let asked: (string | null)[];
let notices: string[];
beforeEach(async () => {
  world = await openOrganizationWorld();
  pages = new Map();
  asked = [];
  notices = [];
});
afterEach(() => world.close());

const deps = () => ({
  ...world,
  directories: new Map([
    [
      A,
      {
        accountId: A,
        name: "Huntress",
        page: async (from: string | null) => {
          asked.push(from);
          const page = pages.get(from);
          if (page === undefined || page instanceof Breakdown) throw page ?? new Error(`no page ${from}`);
          return page;
        },
      },
    ],
  ]),
  tellAdmins: async ({ title, text }: { title: string; text: string }) => {
    notices.push(`${title}. ${text}`);
  },
});
const listed = (...entries: [id: string, name: string][]) => entries.map(([id, name]) => ({ id, name }));
const only = (...entries: [id: string, name: string][]) =>
  pages.set(null, { organizations: listed(...entries), next: null });
async function read(): Promise<void> {
  world.clock.advance(HOUR);
  await syncDirectory(deps(), { accountId: A });
}
const add = (name: string, directoryId?: string) =>
  world.organizations.add(organization({ name, ...(directoryId === undefined ? {} : { directoryId }) }));

describe("keeping organizations in step with a directory", () => {
  it("adds new names over all pages, takes over the same ones, deletes none and touches no other account", async () => {
    await add("CONTOSO");
    await add("Only here");
    pages.set(null, { organizations: listed(["1", "Contoso"], ["2", "Adatum"]), next: "page:2" });
    pages.set("page:2", { organizations: listed(["3", "Fabrikam"], ["4", "  "]), next: null });
    await read();
    expect(asked).toEqual([null, "page:2"]);
    expect(await world.names(A)).toEqual(["Adatum", "Contoso", "Fabrikam", "Only here"]);
    expect(await world.organizations.findByName(A, "contoso")).toMatchObject({ directoryId: "1" });
    expect(await world.names(B)).toEqual([]);
    expect(world.logged.map(({ sentence }) => sentence)).toEqual([
      "The directory has names that no organization can have.",
    ]);
    const before = await world.audit.list({ accountId: A, limit: 20 });
    expect(before).toHaveLength(3);
    await read();
    expect(await world.audit.list({ accountId: A, limit: 20 })).toEqual(before);
  });

  it("renames what the directory renamed, by its id, also when names move on from one to the next", async () => {
    only(["1", "One"], ["2", "Two"]);
    await read();
    const one = await world.organizations.findByName(A, "One");
    only(["1", "Two"], ["2", "Three"]);
    await read();
    expect(await world.names(A)).toEqual(["Three", "Two"]);
    expect((await world.organizations.findByName(A, "Two"))?.id).toBe(one?.id);
    expect(notices).toEqual([]);
    expect(await world.audit.list({ accountId: A, limit: 1 })).toMatchObject([
      { verb: "organization.rename", target: "One", before: "One", actor: { kind: "watchdesk" } },
    ]);
  });

  it("tells a conflict once, and again when it comes back after it was over", async () => {
    await add("Taken", "9");
    only(["1", "One"]);
    await read();
    only(["1", "Taken"], ["2", "taken"]);
    await read();
    await read();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("2 names of Huntress could not be taken over");
    expect(notices[0]).toContain("Taken (here: One), taken");
    expect(await world.names(A)).toEqual(["One", "Taken"]);
    only(["1", "One"]);
    await read();
    only(["1", "Taken"]);
    await read();
    expect(notices).toHaveLength(2);
  });

  it("waits as long as the directory says, and goes on with the page that was refused", async () => {
    pages.set(null, { organizations: listed(["1", "One"]), next: "page:2" });
    pages.set("page:2", new Breakdown("throttled", "slow down", { retryable: true, retryAfterMs: 30 * SECOND }));
    await read();
    expect(await world.names(A)).toEqual(["One"]);
    expect(await dueDirectories(deps())).toEqual([]);
    await syncDirectory(deps(), { accountId: A });
    expect(asked).toEqual([null, "page:2"]);
    world.clock.advance(31 * SECOND);
    expect(await dueDirectories(deps())).toEqual([A]);
    pages.set("page:2", { organizations: listed(["2", "Two"]), next: null });
    await syncDirectory(deps(), { accountId: A });
    expect(asked).toEqual([null, "page:2", "page:2"]);
    expect(await world.names(A)).toEqual(["One", "Two"]);
    world.clock.advance(59 * MINUTE);
    expect(await dueDirectories(deps())).toEqual([]);
    world.clock.advance(2 * MINUTE);
    expect(await dueDirectories(deps())).toEqual([A]);
    expect(world.logged.map(({ level }) => level)).toEqual(["warn"]);
  });

  it("calls for a person when the credentials are refused, once an hour", async () => {
    pages.set(null, new Breakdown("unauthorized", "Huntress does not accept the key.", { detail: "HTTP 401" }));
    await read();
    expect(world.logged).toMatchObject([{ level: "error", fields: { directory: "Huntress", code: "unauthorized" } }]);
    world.clock.advance(59 * MINUTE);
    expect(await dueDirectories(deps())).toEqual([]);
  });

  it("does nothing for an account without a directory", async () => {
    await syncDirectory(deps(), { accountId: B });
    expect(asked).toEqual([]);
  });
});
