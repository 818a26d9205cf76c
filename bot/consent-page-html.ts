import { createHash } from "node:crypto";
import escapeHtml from "escape-html";

/** A piece of HTML that was made by `html`: everything in it is either ours or escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** HTML from a template: texts are escaped, pieces of Html and lists of them stay as they are, null is left out. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[] | null)[]
): Html {
  const written = values.map((value) => {
    if (value === null) return "";
    if (typeof value === "string") return escapeHtml(value);
    return value instanceof Html ? value.text : value.map((item) => item.text).join("");
  });
  return new Html(parts.map((part, place) => part + (written[place] ?? "")).join(""));
}

/** What a page says; `status` is its HTTP status. */
export interface ConsentPage {
  readonly status: number;
  readonly title: string;
  readonly body: Html;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1a1f26;--soft:#56606d;--line:#d8dde4;--ground:#f4f6f9;--sheet:#fff;--act:#1b5a9c;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e7ebf0;--soft:#a7b0bc;--line:#39424e;--ground:#12161b;--sheet:#1b2027;--act:#8cbcf5;--on:#0d1b2a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1.25rem 2rem}
@media (min-width:40rem){main{margin:2.5rem auto;padding:2rem 2.25rem;background:var(--sheet);border:1px solid var(--line);border-radius:10px}}
.mark{margin:0 0 1rem;color:var(--soft);font-size:.9rem}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 .75rem}
h2{font-size:1.05rem;margin:1.5rem 0 .35rem}
p{margin:.5rem 0}ol,ul{margin:.5rem 0;padding-left:1.4rem}li{margin:.3rem 0}
.soft{color:var(--soft);font-size:.92rem}
.act{display:inline-block;margin:1.25rem 0 .5rem;padding:.7rem 1.15rem;min-height:44px;border-radius:6px;background:var(--act);color:var(--on);font-weight:600;text-decoration:none}
.act:hover{text-decoration:underline}.act:focus-visible,summary:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
details{margin:1.25rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
summary{padding:.75rem 0;min-height:44px;cursor:pointer;font-weight:600}
code{font:.92em ui-monospace,Consolas,monospace}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** The headers of every page: nothing is loaded, framed, kept, or told to the next site. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Robots-Tag": "noindex, nofollow",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** A whole page, with no script and nothing to load. */
export function renderPage(page: ConsentPage): string {
  // Not escaped: the hash in the policy is that of these very bytes.
  const style = new Html(`<style>${STYLE}</style>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} - Watchdesk</title>
${style}
</head>
<body>
<main>
<p class="mark">Watchdesk</p>
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>
`.text;
}
