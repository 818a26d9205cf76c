import { DAY, HOUR, type Instant, MINUTE, shift } from "../services/domain/instant.ts";
import type { AuditFilter } from "../services/ports/audit-log.ts";

/** What the words of `audit contoso last 7d by priya settings` ask for; `about` is what is left, an organization or a target. */
export interface AuditQuery {
  readonly about: string;
  readonly by: string | null;
  readonly filter: Pick<AuditFilter, "since" | "verb">;
}

/** What verbs of the audit log begin with, as people say it: "settings" and "setting", "roles" and "role". */
const THINGS: ReadonlySet<string> = new Set([
  "alert",
  "audit",
  "channel",
  "consent",
  "export",
  "organization",
  "permission",
  "role",
  "setting",
  "tenant",
]);

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const FILLERS: ReadonlySet<string> = new Set(["last", "about", "in"]);
/** A word, or several within quotation marks or a mention. */
const WORDS = /<at>(.*?)<\/at>|["“]([^"”]*)["”]|(\S+)/gi;

interface Word {
  readonly text: string;
  /** Quoted: taken as it is, never as a word of ours. */
  readonly quoted: boolean;
}

/** Reads filter words in any order; a dotted word (`role.grant`) is a verb, and so is the thing that verbs begin with. */
export function parseAuditFilter(typed: string, now: Instant): AuditQuery {
  const about: string[] = [];
  let by: string | null = null;
  let filter: AuditQuery["filter"] = {};
  let expectsName = false;
  for (const { text, quoted } of wordsOf(typed)) {
    const lower = quoted ? "" : text.toLowerCase();
    if (expectsName) {
      by = text;
      expectsName = false;
    } else if (lower === "by") {
      expectsName = true;
    } else if (sinceOf(lower, now) !== null) {
      filter = { ...filter, since: sinceOf(lower, now) ?? now };
    } else if (verbOf(lower) !== null) {
      filter = { ...filter, verb: verbOf(lower) ?? lower };
    } else if (!FILLERS.has(lower)) {
      about.push(text);
    }
  }
  return { about: about.join(" "), by, filter };
}

function wordsOf(typed: string): readonly Word[] {
  return [...typed.matchAll(WORDS)].flatMap(([, mention, quote, word]) => {
    const text = (mention ?? quote ?? word ?? "").trim();
    return text === "" ? [] : [{ text, quoted: word === undefined }];
  });
}

function sinceOf(lower: string, now: Instant): Instant | null {
  const span = /^(\d{1,4})([mhdw])$/.exec(lower);
  const unit = UNITS[span?.[2] ?? ""];
  return span === null || unit === undefined ? null : shift(now, -Number(span[1]) * unit);
}

function verbOf(lower: string): string | null {
  if (/^[a-z]+\.[a-z-]*$/.test(lower) && THINGS.has(lower.split(".")[0]?.replace(/s$/, "") ?? "")) return lower;
  const thing = lower.replace(/s$/, "");
  return THINGS.has(thing) ? thing : null;
}
