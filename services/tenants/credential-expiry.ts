import { DAY, elapsed, type Instant } from "../domain/instant.ts";

/** One of our own credentials, named by the setting that holds it. */
export interface OwnCredential {
  readonly setting: string;
  readonly kind: "secret" | "certificate";
  readonly expiresAt: Instant;
}

/** What is to be told of a credential's end; `mark` is the same as long as it need not be told again. */
export interface ExpiryNotice {
  readonly mark: string;
  readonly daysLeft: number;
  readonly title: string;
  readonly text: string;
}

/** Days before the end on which it is told, once each; afterwards daily. */
const MARKS = [1, 7, 14, 30, 60] as const;

/** What there is to tell of a credential's end at `now`; null where it is further off than the first mark. */
export function expiryNotice(credential: OwnCredential, now: Instant): ExpiryNotice | null {
  const left = elapsed(now, credential.expiresAt);
  const daysLeft = Math.ceil(left / DAY);
  const mark = left <= 0 ? `expired ${Math.floor(-left / DAY)}` : markOf(daysLeft);
  if (mark === null) return null;
  const thing = `the ${credential.kind} in ${credential.setting}`;
  const ends = `${credential.expiresAt.slice(0, 10)} (UTC)`;
  const use = credential.setting.startsWith("BOT_")
    ? "nothing can be posted or answered in Teams"
    : "no tenant can be read";
  const title =
    left <= 0
      ? `Watchdesk's own ${credential.kind} has expired`
      : `Watchdesk's own ${credential.kind} ends in ${dayWords(daysLeft)}`;
  const when = left <= 0 ? `${thing} ended on ${ends}` : `${thing} ends on ${ends}`;
  const text = `${when.charAt(0).toUpperCase()}${when.slice(1)}. Without a new one ${use}. Whoever runs Watchdesk has to make a new one in Entra, set it with its end, and start Watchdesk again.`;
  return { mark, daysLeft, title, text };
}

function markOf(daysLeft: number): string | null {
  const mark = MARKS.find((days) => daysLeft <= days);
  return mark === undefined ? null : String(mark);
}

function dayWords(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
