import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defang, defangDomains } from "../../cards/defang.ts";
import { inertText, plainText } from "../../cards/plain-text.ts";
import { portalLink } from "../../cards/portal-link.ts";
import { HOSTILE, HOSTILE_LONG } from "./examples/example-parts.ts";
import { teamsMarkdown } from "./teams-markdown.ts";

const shown = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const fragments = fc.constantFrom(
  ..."[ ] ( ) * ** _ __ ` ~ ~~ < > & # - + ! | \\ : / . $ { } 1. a evil.com https:// www. <at> </at> javascript: &lt; \u202E \u200B \u0000 \u2028 \n é 字 ا".split(
    " ",
  ),
  " ",
);

describe("untrusted text", () => {
  it("stays text, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 30 }), (parts) => {
        const html = teamsMarkdown(inertText(parts.join(""), 200));
        expect(html).not.toMatch(/<[a-z]/);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    "C:\\Windows\\System32\\svc_host_32.exe",
    "powershell.exe -nop -w hidden *.ps1",
    "\\\\server\\share\\a[1].txt",
    "a & b | c > out.txt",
    "50% of 3 < 4",
    "Malware 'Wacatac!ml' was prevented",
    "2 * 3 * 4 and snake_case_name",
  ])("reads as it was written: %s", (text) => {
    expect(shown(teamsMarkdown(inertText(text, 200)))).toBe(text);
  });

  it("is one line without direction, control or zero-width characters", () => {
    expect(plainText("a\u202Eb\u2066c\u200Bd\r\ne\u0007f\u{E0041}g", 50)).toBe("abcd efg");
    expect(plainText("\uD800x", 50)).toBe("\uFFFDx");
  });

  it("is cut at whole characters", () => {
    expect(plainText("😀😀😀😀", 3)).toBe("😀😀…");
    expect(plainText("abc", 3)).toBe("abc");
    expect(Array.from(plainText(HOSTILE_LONG, 160)).length).toBeLessThanOrEqual(161);
  });

  it("is never an expression", () => {
    expect(plainText(HOSTILE, 500)).not.toContain("\u0024{");
    expect(inertText("\u0024\u200B{x}", 50)).toBe("$ {x}");
  });

  it("isolates right-to-left text from what stands beside it", () => {
    expect(inertText("تنبيه", 20)).toBe("\u2068تنبيه\u2069");
    expect(inertText("alert", 20)).toBe("alert");
  });
});

describe("addresses", () => {
  it.each([
    ["https://evil.example/a.b?c=d.e", "hxxps://evil[.]example/a.b?c=d.e"],
    ["http://203.0.113.7:8080/x", "hxxp://203[.]0[.]113[.]7:8080/x"],
    ["203.0.113.7", "203[.]0[.]113[.]7"],
    ["2001:db8::1", "2001[:]db8::1"],
    ["evil.example", "evil[.]example"],
    ["ftp://evil.example", "ftp[:]//evil[.]example"],
    ["javascript:alert(1)", "javascript[:]alert(1)"],
    ["hxxps://evil[.]example", "hxxps://evil[.]example"],
  ])("%s is defanged to %s", (address, defanged) => {
    expect(defang(address)).toBe(defanged);
  });

  it("bare domains in a title are defanged, file names and sign-in names are not", () => {
    expect(defangDomains("setup.exe called evil.com as m@contoso.com")).toBe(
      "setup.exe called evil[.]com as m@contoso.com",
    );
  });

  it.each([
    ["https://security.microsoft.com/alerts/da1?tid=2", true],
    ["https://security.microsoft.us/alerts/da1", true],
    ["http://127.0.0.1:4010/portal/da1", true],
    ["http://security.microsoft.com/alerts/da1", false],
    ["https://security.microsoft.com.evil.example/", false],
    ["https://security.microsoft.com@evil.example/", false],
    ["javascript:alert(1)", false],
    ["not a url", false],
  ])("portal link %s: %s", (url, taken) => {
    expect(portalLink(url) !== null).toBe(taken);
  });
});
