import type { CoverageNotice, NoticedTenant } from "../services/domain/coverage-notice.ts";
import type { TenantState } from "../services/domain/tenant-link.ts";
import { plainText } from "./plain-text.ts";
import { tenantStateWords } from "./tenant-state-words.ts";
import { timeWords } from "./time-words.ts";

interface NoticeWords {
  readonly title: string;
  readonly text: string;
}

/** Names that a notice about many tenants gives; the rest is counted. */
const NAMED = 5;

/** What the admins are told of tenants: one with its reason, several counted with the first few named. */
export function coverageNoticeWords({ about, tenants }: CoverageNotice): NoticeWords {
  const ordered = tenants.toSorted((left, right) => sinceOf(left).localeCompare(sinceOf(right)));
  const [only, ...others] = ordered;
  if (only === undefined) return { title: "Nothing to tell", text: "" };
  const one = others.length === 0;
  switch (about) {
    case "state":
      return one ? inTrouble(only) : allInTrouble(ordered);
    case "coverage":
      return one ? notProven(only) : noneProven(ordered);
    case "over":
      return one ? over(only) : allOver(ordered);
  }
}

function inTrouble({ organizationName, state, trouble }: NoticedTenant): NoticeWords {
  return {
    title: `${nameOf(organizationName)} ${stateTitle(state)}`,
    text: trouble?.sentence ?? "Its alerts cannot be read.",
  };
}

function stateTitle(state: TenantState): string {
  switch (state) {
    case "permissionsMissing":
      return "lacks permissions";
    case "defenderNotAvailable":
      return "has no working Defender for Endpoint";
    default:
      return "is not being watched";
  }
}

function allInTrouble(tenants: readonly NoticedTenant[]): NoticeWords {
  const withState = ({ organizationName, state }: NoticedTenant) =>
    `${nameOf(organizationName)} (${tenantStateWords(state).word.toLowerCase()})`;
  return {
    title: `${tenants.length} tenants are not read as they should be`,
    text: `${named(tenants, withState)}. It does not pass by itself: \`tenants\` says of each what is wrong and who can mend it.`,
  };
}

function notProven(tenant: NoticedTenant): NoticeWords {
  const name = nameOf(tenant.organizationName);
  const why =
    tenant.trouble?.sentence ??
    "Its reads do not complete: Microsoft asks Watchdesk to wait, or its answers take too long.";
  return {
    title:
      tenant.coverage === null
        ? `${name} is not proven read since it was connected`
        : `${name} is not proven read since ${timeWords(tenant.coverage)}`,
    text: `${why} Until it is read again its alerts may be missing here; it is shown as unknown, not as quiet. Watchdesk goes on trying and tells when it is read again. If it lasts, open it under \`tenants\`, and have whoever runs Watchdesk look at the log.`,
  };
}

function noneProven(tenants: readonly NoticedTenant[]): NoticeWords {
  const [first, last] = [tenants[0], tenants.at(-1)].map((tenant) =>
    timeWords(tenant === undefined ? "" : sinceOf(tenant)),
  );
  return {
    title: `${tenants.length} tenants are not proven read${first === last ? "" : ", the first"} since ${first}`,
    text: `${named(tenants, ({ organizationName }) => nameOf(organizationName))}. Until they are read again their alerts may be missing here; they are shown as unknown, not as quiet. When it is many at once, Microsoft is mostly slow or away: Watchdesk goes on trying and tells when they are read again. \`tenants\` lists them all. If it lasts, have whoever runs Watchdesk look at the log.`,
  };
}

function over({ organizationName, tenantName }: NoticedTenant): NoticeWords {
  return {
    title: `${nameOf(organizationName)} is being watched again`,
    text: `Alerts of ${nameOf(tenantName)} are read again. What came meanwhile is found and shown.`,
  };
}

function allOver(tenants: readonly NoticedTenant[]): NoticeWords {
  return {
    title: `${tenants.length} tenants are being watched again`,
    text: `${named(tenants, ({ organizationName }) => nameOf(organizationName))}. Their alerts are read again. What came meanwhile is found and shown.`,
  };
}

function named(tenants: readonly NoticedTenant[], words: (tenant: NoticedTenant) => string): string {
  const names = tenants.slice(0, NAMED).map(words);
  const more = tenants.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

/** From when on nothing is proven: the end of its coverage, or its connection. */
function sinceOf({ coverage, linkedAt }: NoticedTenant): string {
  return coverage ?? linkedAt;
}

function nameOf(name: string): string {
  return plainText(name, 60);
}
