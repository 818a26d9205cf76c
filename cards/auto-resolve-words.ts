import type { AutoResolveStatus, NotResolvedReason } from "../services/domain/auto-resolve.ts";
import type { SettingOrigin } from "../services/domain/policy-settings.ts";
import { inertText } from "./plain-text.ts";
import { levelWords, originWords } from "./setting-words.ts";
import { clockWords, dayWords, timeWords } from "./time-words.ts";

/** One line that always says what auto-resolve did with the alert, and why. */
export function autoResolveWords(status: AutoResolveStatus): string {
  switch (status.kind) {
    case "undecided":
      return "Auto-resolve: not decided yet";
    case "notResolved":
      return `Not auto-resolved: ${reasonWords(status.reason, status.origin)}`;
    case "pending":
      return pendingWords(status);
    case "resolved":
      return `Auto-resolved ${status.commented ? "and commented" : "without a comment"} (${levelWords(status.origin)})`;
    case "undone":
      return `Auto-resolve undone ${status.by === null ? "in the Defender portal" : `by ${inertText(status.by, 60)}`}, ${timeWords(status.at)}`;
  }
}

function pendingWords(status: Extract<AutoResolveStatus, { kind: "pending" }>): string {
  const what = status.step === "resolve" ? "Auto-resolve pending" : "Auto-resolve pending at its comment";
  const why = status.why === null ? "waiting for Defender" : inertText(status.why.replace(/\.\s*$/, ""), 120);
  return `${what}: ${why}${status.nextTryAt === null ? "" : `, next try ${clockWords(status.nextTryAt)}`}`;
}

function reasonWords(reason: NotResolvedReason, origin: SettingOrigin): string {
  switch (reason) {
    case "off":
      return offWords(origin);
    case "olderThanLink":
      return "older than the connection";
    case "alreadyResolved":
      return "it was already resolved in Defender";
    case "taken":
      return "a person has taken it";
    case "reopened":
      return "it was reopened";
    case "classified":
      return "a person has classified it";
    case "severityAboveLimit":
      return `above the severity limit (${originWords(origin)})`;
    case "otherSource":
      return `written by a product that auto-resolve leaves alone (${originWords(origin)})`;
    case "threatActive":
      return `the threat is still active (hold while active, ${originWords(origin)})`;
    case "statusUnknown":
      return "Defender gives a status that Watchdesk does not know";
    case "unreadable":
      return "the alert could not be read in full";
    case "paused":
      return "this tenant is paused";
  }
}

function offWords(origin: SettingOrigin): string {
  if (origin.level === "default") return "off by default";
  const where = origin.level === "account" ? "off for the account" : "off for this tenant";
  if (origin.by === null) return where;
  return `${where}, set by ${inertText(origin.by, 60)}${origin.at === null ? "" : ` on ${dayWords(origin.at)}`}`;
}
