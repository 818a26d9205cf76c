import { z } from "zod";
import type { Alert } from "../domain/alert.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { Instant } from "../domain/instant.ts";
import type { AlertChange, AlertPage, AlertSource } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { readAlert, readComments } from "./alert-schema.ts";
import { apiBreakdown } from "./api-breakdown.ts";
import type { AppTokens } from "./app-tokens.ts";
import { authorizedCall } from "./authorized-call.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { JsonAnswer, JsonRequest } from "./json-exchange.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { createQuietTenants } from "./quiet-tenants.ts";

interface GraphAlertSourceDeps {
  readonly tokens: AppTokens;
  readonly http: MicrosoftHttp;
  readonly endpoints: CloudEndpoints;
  readonly clock: Clock;
  readonly log: Log;
}

const ALERTS_PATH = "/v1.0/security/alerts_v2";
/** Without it, newer enum members come back as unknownFutureValue. */
const PREFER = { prefer: "include-unknown-enum-members" };
/** Microsoft does not say how many alerts a page may hold at most; 100 is on the safe side. */
const PAGE_SIZE = 100;

const listSchema = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().nullish() });
const commentsSchema = z.object({ value: z.array(z.unknown()) });

/** AlertSource on Graph `security/alerts_v2`. A list whose continuation has expired throws a retryable Breakdown. */
export function createGraphAlertSource(deps: GraphAlertSourceDeps): AlertSource {
  const { endpoints, clock, log } = deps;
  const listUrl = `${endpoints.graph}${ALERTS_PATH}`;
  const spare = createQuietTenants(clock);

  function call(tenantId: string, request: Pick<JsonRequest, "method" | "url" | "json">): Promise<JsonAnswer> {
    const whole = { ...request, service: "Microsoft Graph" as const, headers: PREFER };
    return authorizedCall(deps, { tenantId, resource: "graph", request: whole });
  }

  function alertsIn(tenantId: string, items: readonly unknown[]): readonly Alert[] {
    return items.flatMap((item) => {
      const reading = readAlert(item);
      if (reading.kind === "nothing") {
        log.error("An alert without an id came from Microsoft Graph and cannot be kept.", { tenantId });
        return [];
      }
      const { alert, dropped } = reading;
      if (dropped.length > 0) {
        const fields = { tenantId, alertId: alert.id, fields: dropped.join(","), unreadable: alert.unreadable };
        log.warn("An alert had fields of another kind than documented; they were left out.", fields);
      }
      return [alert];
    });
  }

  async function oneAlert(tenantId: string, answer: JsonAnswer): Promise<Alert> {
    const [alert] = alertsIn(tenantId, [answer.body]);
    if (alert === undefined) throw unreadable("no alert in the answer");
    return alert;
  }

  async function* pages(input: { tenantId: string; changedSince: Instant; openOnly: boolean }) {
    const { tenantId } = input;
    let url: string | null = firstPage(listUrl, input);
    const seen = new Set<string>();
    while (url !== null) {
      if (seen.has(url)) throw unreadable("the list's continuation goes in a circle");
      seen.add(url);
      const answer = await call(tenantId, { method: "GET", url });
      // Graph lets continuations expire with a 400, 404 or 410: only a new read helps then.
      if (seen.size > 1 && [400, 404, 410].includes(answer.status)) throw unreadable("the list's continuation expired");
      const list = listSchema.safeParse(required(answer, clock).body);
      if (!list.success) throw unreadable("no list in the answer");
      const page: AlertPage = { alerts: alertsIn(tenantId, list.data.value) };
      yield page;
      url = followable(listUrl, list.data["@odata.nextLink"] ?? null);
    }
  }

  return {
    pages,
    async get({ tenantId, alertId }) {
      const path = pathOf(alertId);
      if (path === null) return null;
      const answer = await call(tenantId, { method: "GET", url: `${listUrl}/${path}` });
      return answer.status === 404 ? null : oneAlert(tenantId, required(answer, clock));
    },
    async update({ tenantId, alertId, change }) {
      const url = `${listUrl}/${pathOf(alertId) ?? unknownAlert()}`;
      const answer = await spare(tenantId, () => call(tenantId, { method: "PATCH", url, json: bodyOf(change) }));
      return oneAlert(tenantId, required(answer, clock));
    },
    async comment({ tenantId, alertId, text }) {
      const url = `${listUrl}/${pathOf(alertId) ?? unknownAlert()}/comments`;
      // A single object: Graph refuses the array that its own SDKs send (microsoft.md 3.4).
      const json = { "@odata.type": "microsoft.graph.security.alertComment", comment: text };
      const answer = required(await spare(tenantId, () => call(tenantId, { method: "POST", url, json })), clock);
      const comments = commentsSchema.safeParse(answer.body);
      if (!comments.success) throw unreadable("no comments in the answer");
      return readComments(comments.data.value);
    },
  };
}

function firstPage(listUrl: string, input: { changedSince: Instant; openOnly: boolean }): string {
  const url = new URL(listUrl);
  const open = input.openOnly ? " and status ne 'resolved'" : "";
  url.searchParams.set("$filter", `lastUpdateDateTime ge ${input.changedSince}${open}`);
  url.searchParams.set("$top", String(PAGE_SIZE));
  return url.href;
}

/** A continuation elsewhere would be handed our token: same origin and same path, or not at all. */
function followable(listUrl: string, nextLink: string | null): string | null {
  if (nextLink === null) return null;
  const own = new URL(listUrl);
  const next = URL.parse(nextLink);
  if (next?.origin !== own.origin || next.pathname !== own.pathname || next.username !== "" || next.password !== "") {
    throw unreadable("the list goes on at another address");
  }
  return next.href;
}

/** Null for an id that Graph cannot have given: in an address it would lead elsewhere. */
function pathOf(alertId: string): string | null {
  return /^[\w-][\w.:~-]{0,255}$/.test(alertId) ? encodeURIComponent(alertId) : null;
}

function bodyOf(change: AlertChange): Record<string, string | null> {
  return {
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.assignedTo === undefined ? {} : { assignedTo: change.assignedTo }),
  };
}

function required(answer: JsonAnswer, clock: Clock): JsonAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw apiBreakdown("Microsoft Graph", answer, clock.now());
}

function unreadable(detail: string): Breakdown {
  const message = "Microsoft Graph gave an answer that cannot be read.";
  return new Breakdown("unreadable-answer", message, { retryable: true, detail });
}

function unknownAlert(): never {
  throw new Breakdown("not-found", "Microsoft Graph cannot know an alert with such an id.");
}
