const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5a6472;--line:#d5dae1;--ground:#f3f5f8;--sheet:#fff;--act:#1f4e8c}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a4adb9;--line:#3a424d;--ground:#14171b;--sheet:#1d2127;--act:#8db8f0}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",sans-serif}
.mark{background:#3b3f46;color:#fff;text-align:center;font-size:.85rem;padding:.4rem 1rem}
main{max-width:30rem;margin:1.5rem auto;padding:1.5rem;background:var(--sheet);border:1px solid var(--line);border-radius:8px}
main.wide{max-width:64rem}h1{font-size:1.35rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}.soft{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}ul{padding-left:1.2rem;margin:.5rem 0}
form{margin:0}button{font:inherit;border:1px solid var(--line);border-radius:6px;background:var(--sheet);color:var(--ink);padding:.6rem .9rem;min-height:44px;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--act);outline:2px solid var(--act);outline-offset:1px}
button.main{background:#1f4e8c;border-color:#1f4e8c;color:#fff}
.choice{display:block;width:100%;text-align:left;margin:.4rem 0}.choice b{display:block}.choice span{color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
form.card{border:1px solid var(--line);border-radius:8px;padding:1rem;margin:.6rem 0;max-width:40rem}form.card p{margin:.1rem 0;font-size:.9rem;overflow-wrap:anywhere}
.row{display:flex;gap:.6rem;flex-wrap:wrap;margin-top:1rem;align-items:center}select{font:inherit;min-height:44px;padding:.4rem;max-width:100%}
textarea{font:inherit;width:100%;max-width:40rem;min-height:8rem;padding:.6rem;display:block;margin-top:.3rem}
.scroll{overflow-x:auto;margin-top:1rem}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.4rem .5rem;border-top:1px solid var(--line);vertical-align:top}
td:first-child{white-space:nowrap}td.text{overflow-wrap:anywhere;min-width:12rem}details summary{cursor:pointer;padding:.3rem 0}
`;

/** A text made safe for HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A whole page; `body` is HTML, everything else is text. It says at its top that it is a simulation. */
export function sandboxPage(options: { title: string; body: string; mark: string; wide?: boolean }): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(options.title)}</title><style>${style}</style></head>
<body><div class="mark">${escapeHtml(options.mark)}</div>
<main${options.wide === true ? ' class="wide"' : ""}><h1>${escapeHtml(options.title)}</h1>
${options.body}</main></body></html>
`;
}
