import type { AlertRecord } from "../services/domain/alert-record.ts";
import { inertText } from "./plain-text.ts";
import { timeWords } from "./time-words.ts";

/** Defender's own automation stands in `assignedTo` under this name; it is not a person. */
const AUTOMATION_ASSIGNEE = "automation";

/** Who has the alert in hand and what became of it: the line that shows a click's effect. */
export function lifeLine(record: AlertRecord): string {
  const resolved = resolvedPart(record);
  const claimed = claimedPart(record) ?? (resolved === null ? "Unclaimed" : null);
  return [resolved, claimed, requestedPart(record), reopenedPart(record)].filter((part) => part !== null).join(" · ");
}

/** Whether nobody has taken the alert, in Teams or in Defender. */
export function isUnclaimed(record: AlertRecord): boolean {
  return record.claim === null && assignee(record) === null;
}

function resolvedPart(record: AlertRecord): string | null {
  const { resolution } = record;
  if (record.alert.status !== "resolved") return null;
  if (resolution === null) return "Resolved in the Defender portal";
  switch (resolution.by.kind) {
    case "watchdesk":
      return null;
    case "person":
      return `Resolved by ${inertText(resolution.by.name, 60)}, ${timeWords(resolution.at)}`;
    case "elsewhere":
      return `Resolved in the Defender portal, ${timeWords(resolution.at)}`;
  }
}

function claimedPart(record: AlertRecord): string | null {
  const { claim } = record;
  if (claim !== null) {
    const words = `Claimed by ${inertText(claim.by.name, 60)}, ${timeWords(claim.at)}`;
    return claim.inDefender ? words : `${words} (only here: Defender did not take the assignment)`;
  }
  const name = assignee(record);
  return name === null ? null : `Assigned to ${inertText(name, 60)} in Defender`;
}

function requestedPart(record: AlertRecord): string | null {
  const { resolveRequest } = record;
  if (resolveRequest === null || record.alert.status === "resolved") return null;
  return `Resolving, asked for by ${inertText(resolveRequest.by.name, 60)}, ${timeWords(resolveRequest.at)}`;
}

function reopenedPart(record: AlertRecord): string | null {
  const { reopened } = record;
  if (reopened === null || record.alert.status === "resolved") return null;
  const who = reopened.by === null ? "in the Defender portal" : `by ${inertText(reopened.by, 60)}`;
  return `Reopened ${who}, ${timeWords(reopened.at)}`;
}

function assignee(record: AlertRecord): string | null {
  const name = record.alert.assignedTo?.trim() ?? "";
  return name === "" || name.toLowerCase() === AUTOMATION_ASSIGNEE ? null : name;
}
