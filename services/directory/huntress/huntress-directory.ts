import { Breakdown } from "../../domain/breakdown.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { DirectoryPage, OrganizationDirectory } from "../../ports/organization-directory.ts";
import { type HuntressAnswer, huntressGet } from "./huntress-get.ts";
import { readHuntressPage } from "./huntress-schema.ts";

export const HUNTRESS_URL = "https://api.huntress.io";

export interface HuntressSettings {
  /** The one account that these credentials serve. */
  readonly accountId: string;
  readonly key: string;
  readonly secret: string;
  /** Without a slash at the end; HUNTRESS_URL but for a sandbox. */
  readonly url: string;
}

/** The most organizations that Huntress gives on a page. */
const PAGE = 500;

/**
 * The organizations of a Huntress account: `GET /v1/organizations` with Basic credentials, in pages by number
 * (`pagination.next_page`) or by token (`pagination.next_page_token`), whichever Huntress answers with.
 */
export function createHuntressDirectory(
  deps: { readonly clock: Clock; readonly log: Log },
  settings: HuntressSettings,
): OrganizationDirectory {
  const authorization = `Basic ${Buffer.from(`${settings.key}:${settings.secret}`).toString("base64")}`;
  return {
    accountId: settings.accountId,
    name: "Huntress",
    page: async (from) => {
      const query = new URLSearchParams({ limit: String(PAGE), ...whichPage(from) });
      const answer = await huntressGet({ url: `${settings.url}/v1/organizations?${query}`, authorization });
      if (answer.status !== 200) throw huntressBreakdown(answer, deps.clock);
      return pageOf(answer.body, from, deps.log);
    },
  };
}

function whichPage(from: string | null): Record<string, string> {
  if (from === null) return { page: "1" };
  return from.startsWith("token:") ? { page_token: from.slice("token:".length) } : { page: from.slice("page:".length) };
}

function pageOf(body: unknown, from: string | null, log: Log): DirectoryPage {
  const page = readHuntressPage(body);
  if (page === null) {
    throw new Breakdown("unreadable-answer", "Huntress gave an answer that cannot be read.", { retryable: true });
  }
  if (page.unreadable > 0) log.warn("Huntress listed organizations that cannot be read.", { count: page.unreadable });
  const next = page.next === from ? null : page.next;
  return { organizations: page.organizations, next };
}

function huntressBreakdown(answer: HuntressAnswer, clock: Clock): Breakdown {
  const { status } = answer;
  const detail = `HTTP ${status}`;
  if (status === 401 || status === 403) {
    return new Breakdown("unauthorized", "Huntress does not accept HUNTRESS_API_KEY and HUNTRESS_API_SECRET.", {
      detail,
    });
  }
  const retryAfterMs = retryAfter(answer.retryAfter, clock);
  if (status === 429) {
    return new Breakdown("throttled", "Huntress asks us to slow down.", { retryable: true, retryAfterMs, detail });
  }
  if (status === 408 || status >= 500) {
    return new Breakdown("not-answering", "Huntress is failing.", { retryable: true, retryAfterMs, detail });
  }
  return new Breakdown("refused", "Huntress refused the request.", { detail });
}

const LONGEST_WAIT_MS = 24 * 60 * 60 * 1_000;

/** Milliseconds by a Retry-After header, seconds or a date; a day at most, null where there is none that can be read. */
function retryAfter(header: string | null, clock: Clock): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.parse(clock.now());
  return Number.isNaN(milliseconds) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, milliseconds));
}
