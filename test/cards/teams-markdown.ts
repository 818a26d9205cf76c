/**
 * Markdown as Teams' cards show it (bold, italic, lists, links), and more eager than any of its clients: also code,
 * strikethrough, headings, quotes, bare addresses and tags come alive here. For pictures, and to prove that untrusted
 * text stays text. Self-contained, because a page is given its source.
 */
export function teamsMarkdown(text: string): string {
  const kept: string[] = [];
  const keep = (literal: string): string => `\uE000${kept.push(literal) - 1}\uE001`;
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const html = text
    .replace(/\\([!-/:-@[-`{-~])/g, (_whole, character: string) => keep(character))
    .replace(/&(#?\w+);/g, (_whole, name: string) => keep(`<entity ${name}>`))
    .replace(/<(\/?[a-z!?][^>]*)>?/gi, (_whole, tag: string) => keep(`<live-tag ${tag}>`))
    .replace(/[<>&"]/g, (character) => keep(character))
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_whole, label: string) => `<a>${label}</a>`)
    .replace(/\[([^\]]*)\]\[([^\]]*)\]/g, (_whole, label: string) => `<a>${label}</a>`)
    .replace(/(?:\b(?:https?|ftp|file|ms-\w+):\/\/|\bwww\.|\b(?:mailto|javascript):)\S+/gi, (link) => `<a>${link}</a>`)
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/\*(.+?)\*/g, "<em>$1</em>")
    .replace(/(?<![\p{L}\p{N}])_(.+?)_(?![\p{L}\p{N}])/gu, "<em>$1</em>")
    .replace(/`(.+?)`/g, "<code>$1</code>")
    .replace(/~~(.+?)~~/g, "<del>$1</del>")
    .replace(/^(#{1,6}|>|[-+*]|\d{1,9}[.)])\s+(.*)$/gm, "<block>$2</block>");
  return html.replace(/\uE000(\d+)\uE001/g, (_whole, at: string) => {
    const literal = kept[Number(at)] ?? "";
    const live = literal.startsWith("<live-tag ") || literal.startsWith("<entity ");
    return live ? literal : literal.replace(/[<>&"]/g, (character) => entities[character] ?? character);
  });
}
