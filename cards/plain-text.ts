import { defangDomains, defangLinks } from "./defang.ts";

/** Controls, and characters that change the direction or hide among the others. ZWJ and ZWNJ belong to real scripts and stay. */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFC\u{E0000}-\u{E007F}]+/gu;
const LINE_ENDS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE]/;
const PUNCTUATION = "!-/:-@\\[-`{-~";

/**
 * Untrusted text as one line for places that know no markdown (titles of choices, notification text, values of inputs):
 * no control or direction characters, no template expression, at most `limit` characters.
 */
export function plainText(text: string, limit: number): string {
  const line = text
    .toWellFormed()
    .replace(LINE_ENDS, " ")
    .replace(INVISIBLE, "")
    .replace(PILED_MARKS, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return cut(line, limit).replaceAll("${", "$ {");
}

/**
 * Untrusted text for a TextBlock or a fact: reads as it was written, but no markdown, link, mention, tag or template
 * expression of it comes alive. Web addresses are defanged; text of right-to-left scripts is isolated from what
 * stands beside it. At most `limit` characters before escaping.
 */
export function inertText(text: string, limit: number): string {
  const escaped = withoutMarkdown(defangLinks(plainText(text, limit)));
  return RIGHT_TO_LEFT.test(escaped) ? `\u2068${escaped}\u2069` : escaped;
}

/** Sentences of our own with names in them, as inertText; words to say, written `so`, are quoted, for Teams knows no code. */
export function sentences(text: string, limit: number): string {
  return inertText(text.replace(/`([^`]{1,80})`/g, "“$1”"), limit);
}

/**
 * Sentences of our own for a message, with names in them: no markdown or tag in a name comes alive. Words to say, written
 * `so`, stay code; lines and addresses stay as they are.
 */
export function messageText(text: string): string {
  return text
    .split(CODE)
    .map((part, place) => (place % 2 === 1 ? part : part.split("\n").map(withoutMarkdown).join("\n")))
    .join("");
}

const CODE = /(`[^`\n]{1,80}`)/;

/** As inertText, with bare domains defanged too: for what an attacker may have chosen word for word, at any length. */
export function alertText(text: string, limit: number): string {
  return inertText(defangDomains(text.slice(0, 4_000)), limit);
}

const BACKSLASH = new RegExp(`\\\\(?=[${PUNCTUATION}]|$)`, "g");

/**
 * Escapes only what could come alive, so that file names and paths stay copyable: a renderer that knows no escapes shows
 * few backslashes.
 */
function withoutMarkdown(text: string): string {
  return text
    .replace(BACKSLASH, "\\\\")
    .replace(/<(?=[a-z/!?])/gi, "\u2039")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/[*`]/g, "\\$&")
    .replace(/~(?=~)|(?<=~)~/g, "\\~")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/\](?=[([:])/g, "]\\")
    .replace(/^[#+>=-]/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

/** Cuts at whole characters and says so with an ellipsis. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}
