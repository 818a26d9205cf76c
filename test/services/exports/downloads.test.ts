import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuditRow } from "../../../services/domain/audit.ts";
import type { ConsentListRow } from "../../../services/domain/consent-list.ts";
import { createDownload, downloadKey } from "../../../services/exports/create-download.ts";
import { csvText } from "../../../services/exports/csv-text.ts";
import type { ExportRequest } from "../../../services/exports/export-request.ts";
import { openDownload } from "../../../services/exports/open-download.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { createConsentLinks } from "../../../services/tenants/consent-links.ts";
import { movedClock } from "../../contract/store/opened-store.ts";
import { A, at, auditRow, B, conversation, journey, ROBIN } from "../../contract/store/store-samples.ts";

const MINUTE = 60_000;

async function whole(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

const consentLinks = createConsentLinks("a secret of the process", "https://watchdesk.example");

describe("a download", () => {
  let stores: Stores;
  let clock = movedClock();
  let secrets = 0;
  let admins = new Set([ROBIN.id]);
  beforeEach(async () => {
    clock = movedClock();
    admins = new Set([ROBIN.id]);
    stores = await openSqliteStores({ path: ":memory:", clock });
  });
  afterEach(() => stores.close());

  const next = (kind: string) => {
    secrets += 1;
    return `${kind}-${secrets}-${"x".repeat(32)}`;
  };
  const randomness = { id: () => next("id"), secret: () => next("token") };
  const create = (request: ExportRequest = { kind: "audit-csv", filter: {} }) =>
    createDownload(
      { ...stores, clock, randomness, publicUrl: "https://watchdesk.example/" },
      { accountId: A, tenantId: null, request, by: ROBIN, where: "chat" },
    );
  const open = (url: string) =>
    openDownload(
      { ...stores, clock, consentLinks, configuredAdmins: admins },
      { token: url.slice(url.lastIndexOf("/") + 1) },
    );
  const textOf = async (url: string): Promise<string> => {
    const opened = await open(url);
    return opened.kind === "open" ? whole(opened.content.chunks) : "gone";
  };

  it("works for 15 minutes, as often as wanted, and is in the audit log", async () => {
    const { url, endsAt } = await create();
    expect(url).toMatch(/^https:\/\/watchdesk\.example\/download\/token-\d+-x{32}$/);
    expect(endsAt).toBe(at(15));
    const [row] = await stores.audit.list({ accountId: A, limit: 1 });
    expect(row).toMatchObject({ verb: "export.create", target: "audit log as CSV", where: "chat" });
    expect(JSON.stringify(row)).not.toContain("token-");
    clock.advance(15 * MINUTE - 1);
    expect(await textOf(url)).toContain("export.create");
    expect(await textOf(url)).toContain("export.create");
    clock.advance(1);
    expect(await open(url)).toEqual({ kind: "gone" });
    expect(await open("https://watchdesk.example/download/never-was-one")).toEqual({ kind: "gone" });
  });

  it("ends with the role of whoever asked for it", async () => {
    const { url } = await create();
    admins.clear();
    expect(await open(url)).toEqual({ kind: "gone" });
    const grant = { accountId: A, person: ROBIN, grantedBy: ROBIN, grantedAt: at(0) };
    await stores.roles.put({ grant: { ...grant, role: "analyst" }, etag: null, audit: auditRow() });
    expect(await open(url)).toEqual({ kind: "gone" });
    const { etag } = await stores.roles.read(A);
    await stores.roles.put({ grant: { ...grant, role: "admin" }, etag, audit: auditRow() });
    expect(await open(url)).toMatchObject({ kind: "open", exportKind: "audit-csv" });
  });

  it("of the audit log holds what fits the filter, of that account alone, each row once over many pages", async () => {
    const rows = Array.from({ length: 1_203 }, (_, place) => auditRow({ at: at(place % 7), target: `row ${place};` }));
    await stores.audit.append([
      ...rows,
      auditRow({ accountId: B, target: "row of B;" }),
      auditRow({ verb: "role.grant" }),
    ]);
    const { url } = await create({ kind: "audit-csv", filter: { verb: "tenant" } });
    const text = await textOf(url);
    expect(text.startsWith("\uFEFFWhen (UTC),Who,")).toBe(true);
    const found = [...text.matchAll(/row (\d+|of B);/g)].map(([, place]) => place);
    expect(found).toHaveLength(rows.length);
    expect(new Set(found).size).toBe(rows.length);
    expect(text).not.toContain("of B");
    expect(text).not.toContain("role.grant");
  });

  it("names the conversation, and runs nothing in a spreadsheet", async () => {
    await stores.conversations.put(conversation({ id: "c1", name: "SOC, Alerts" }));
    const row: AuditRow = auditRow({
      target: '=HYPERLINK("https://evil.example","x")',
      before: "@SUM(1)",
      after: "-2+3",
      where: "c1",
      actor: { kind: "person", id: "p", name: "+cmd|' /C calc'!A0" },
    });
    await stores.audit.append([row]);
    const text = await textOf((await create({ kind: "audit-csv", filter: { verb: "tenant" } })).url);
    const line = text.split("\r\n")[1] ?? "";
    expect(line).toContain(`'+cmd|' /C calc'!A0`);
    expect(line).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    expect(line).toContain(",'@SUM(1),'-2+3,\"SOC, Alerts\",");
  });

  it("of consent links shows each as it is at that moment, none of another account, and runs nothing", async () => {
    const kept = async (fields: Parameters<typeof journey>[0]) => {
      const item = journey({ expiresAt: at(60), ...fields });
      await stores.consents.create(item, auditRow({ accountId: item.accountId }));
      return item.id;
    };
    const row = (fields: Partial<ConsentListRow>): ConsentListRow => ({
      organizationName: "Contoso",
      domain: null,
      state: "new",
      journeyId: null,
      problem: null,
      ...fields,
    });
    const live = await kept({ state: "declined" });
    const done = await kept({ state: "connected" });
    const foreign = await kept({ accountId: B });
    const rows = [
      row({ organizationName: "=cmd|' /C calc'!A0", domain: "contoso.example", journeyId: live }),
      row({ organizationName: "Done", state: "open", journeyId: done }),
      row({ organizationName: "Linked", state: "linked", domain: "linked.example" }),
      row({
        organizationName: "Wrong, Ltd.",
        state: "problem",
        problem: "Microsoft knows no tenant with this domain.",
      }),
      row({ organizationName: "Foreign", journeyId: foreign }),
    ];
    const { url } = await create({ kind: "consent-links-csv", rows });
    const lines = (await textOf(url)).split("\r\n");
    expect(lines).toEqual([
      "\uFEFFOrganization,Domain,Consent link,Link ends (UTC),State",
      `'=cmd|' /C calc'!A0,contoso.example,${consentLinks.urlOf(live)},${at(60)},new`,
      "Done,,,,connected",
      "Linked,linked.example,,,linked already",
      '"Wrong, Ltd.",,,,Microsoft knows no tenant with this domain.',
      "Foreign,,,,the link is no longer known",
      "",
    ]);
    expect((await stores.audit.list({ accountId: A, limit: 1 }))[0]?.target).toBe("consent links of 5 lines as CSV");
    const stored = await stores.ephemeral.get(downloadKey(url.slice(url.lastIndexOf("/") + 1)));
    expect(stored?.value).not.toContain("/consent/start");
    const later = await create({ kind: "consent-links-csv", rows: rows.slice(0, 1) });
    clock.advance(61 * MINUTE);
    expect(await textOf(later.url)).toBe("gone");
    expect(await textOf((await create({ kind: "consent-links-csv", rows: rows.slice(0, 1) })).url)).toContain(
      ",,,ended: not used in time",
    );
  });
});

describe("CSV", () => {
  it("quotes what it must and leads with an apostrophe what a spreadsheet would run", async () => {
    async function* pages() {
      yield [["a", 'say "x"', "two\r\nlines", "=1", "\tx", "＝1"]];
      yield [];
      yield [["", "1,2", "-", "+", "@", "ok"]];
    }
    const text = await whole(csvText(["h1", "=h2", "", "", "", ""], pages()));
    expect(text).toBe(
      "\uFEFFh1,'=h2,,,,\r\n" + `a,"say ""x""","two\r\nlines",'=1,'\tx,'＝1\r\n` + `,"1,2",'-,'+,'@,ok\r\n`,
    );
  });
});
