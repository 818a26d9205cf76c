import { describe, expect, it } from "vitest";
import { createTeamsFiles, decodeText, isFileHost } from "../../bot/teams-files.ts";
import { startLoopbackHost } from "../sandbox/teams/loopback-host.ts";

describe("where attached files are read from", () => {
  it.each([
    ["https://contoso-my.sharepoint.com/personal/x/_layouts/15/download.aspx?UniqueId=1&tempauth=t", true],
    ["https://contoso.sharepoint.us/x", true],
    ["http://contoso-my.sharepoint.com/x", false],
    ["https://contoso-my.sharepoint.com:8443/x", false],
    ["https://user@contoso-my.sharepoint.com/x", false],
    ["https://sharepoint.com.evil.example/x", false],
    ["https://evilsharepoint.com/x", false],
    ["https://evil.example/sharepoint.com", false],
    ["https://169.254.169.254/metadata", false],
    ["http://127.0.0.1:4000/files/1", true],
    ["http://127.0.0.1:4001/files/1", false],
    ["http://localhost:4000/files/1", false],
    ["file:///etc/passwd", false],
    ["nonsense", false],
  ])("%s: %s", (address, allowed) => {
    expect(isFileHost(address, ["http://127.0.0.1:4000", "https://smba.trafficmanager.net"])).toBe(allowed);
  });

  it("asks no service origin of production for files", () => {
    expect(isFileHost("https://smba.trafficmanager.net/files/1", ["https://smba.trafficmanager.net"])).toBe(false);
  });
});

describe("the text of a file", () => {
  it.each<[string, Buffer, string | null]>([
    ["UTF-8", Buffer.from("Zürich"), "Zürich"],
    ["UTF-8 with a mark", Buffer.from("\uFEFFZürich"), "Zürich"],
    ["UTF-16, as Excel's Unicode text", Buffer.from("\uFEFFZürich", "utf16le"), "Zürich"],
    ["Windows-1252, as Excel's CSV", Buffer.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68]), "Zürich"],
    ["a workbook", Buffer.from("PK\u0003\u0004\u0000\u0000"), null],
  ])("%s", (_what, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

describe("reading an attached file", () => {
  it("stops at the limit, follows no redirect, and never logs the address", async () => {
    const host = await startLoopbackHost(async ({ path }) => {
      if (path === "/moved") return { status: 302, headers: { location: "/small" } };
      if (path === "/cut") return "cut";
      if (path === "/unsaid")
        return { status: 200, raw: Buffer.alloc(300_000, "a"), headers: { "transfer-encoding": "chunked" } };
      return { status: 200, raw: Buffer.alloc(path === "/small" ? 10 : 11, "a") };
    });
    const logged: unknown[] = [];
    const note = (...what: unknown[]) => {
      logged.push(what);
    };
    const files = createTeamsFiles({
      log: { debug: note, info: note, warn: note, error: note },
      sandboxOrigins: [host.url],
    });
    const read = (path: string) => files.read({ name: "list.csv", url: `${host.url}${path}` }, 10);
    expect(await read("/small")).toEqual({ kind: "text", text: "a".repeat(10) });
    expect(await read("/large?tempauth=canary")).toEqual({ kind: "tooLarge" });
    expect(await read("/unsaid")).toEqual({ kind: "tooLarge" });
    expect(await read("/moved")).toEqual({ kind: "notReadable" });
    expect(await read("/cut?tempauth=canary")).toEqual({ kind: "notReadable" });
    expect(await files.read({ name: "x", url: "http://127.0.0.1:1/canary" }, 10)).toEqual({ kind: "foreignHost" });
    expect(JSON.stringify(logged)).not.toContain("canary");
    expect(logged).toHaveLength(1);
    await host.stop();
  });
});
