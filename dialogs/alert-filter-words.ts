import type { Severity } from "../services/domain/alert.ts";
import { DAY, HOUR, type Instant, MINUTE, shift } from "../services/domain/instant.ts";
import type { AlertFilter } from "../services/ports/stores.ts";

const SEVERITY_WORDS = new Map<string, Severity>(
  Object.entries({
    high: "high",
    medium: "medium",
    low: "low",
    informational: "informational",
    info: "informational",
  }),
);

const STATUS_WORDS = new Map<string, NonNullable<AlertFilter["status"]>>(
  Object.entries({
    open: "open",
    new: "new",
    inprogress: "inProgress",
    "in-progress": "inProgress",
    claimed: "inProgress",
    resolved: "resolved",
    closed: "resolved",
  }),
);

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** What the words of `alerts acme high open last 24h` ask for; `organization` is what is left, to be looked up by name. */
export interface AlertQuery {
  readonly organization: string;
  readonly filter: AlertFilter;
  /** Only what is older than the tenant's connection; holds where an organization is named. */
  readonly older: boolean;
}

/** Reads filter words in any order; words it does not know are taken as part of an organization's name. */
export function parseAlertFilter(words: string, now: Instant): AlertQuery {
  const rest: string[] = [];
  let filter: AlertFilter = {};
  let older = false;
  for (const word of words.split(" ").filter((part) => part !== "")) {
    const lower = word.toLowerCase();
    const severity = SEVERITY_WORDS.get(lower);
    const status = STATUS_WORDS.get(lower);
    const span = /^(\d{1,4})([mhd])$/.exec(lower);
    const unit = UNITS[span?.[2] ?? ""];
    if (severity !== undefined) filter = { ...filter, severity };
    else if (status !== undefined) filter = { ...filter, status };
    else if (span !== null && unit !== undefined)
      filter = { ...filter, createdSince: shift(now, -Number(span[1]) * unit) };
    else if (lower === "older") older = true;
    else if (lower !== "last") rest.push(word);
  }
  return { organization: rest.join(" "), filter, older };
}
