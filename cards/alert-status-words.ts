import type { AlertStatus } from "../services/domain/alert.ts";

const WORDS: Readonly<Record<AlertStatus, string>> = {
  new: "New",
  inProgress: "In progress",
  resolved: "Resolved",
  unknown: "Status unknown",
};

/** The word for an alert's status in Defender. */
export function alertStatusWords(status: AlertStatus): string {
  return WORDS[status];
}
