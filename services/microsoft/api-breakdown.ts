import { z } from "zod";
import { Breakdown, type BreakdownCode } from "../domain/breakdown.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonAnswer, Service } from "./json-exchange.ts";
import { tokenError } from "./token-breakdown.ts";

const errorBody = z.object({ error: z.object({ code: z.string().catch(""), message: z.string().catch("") }) });

/** Graph's and Defender's error code and message, empty where the body holds none (microsoft.md 4.2). */
export function apiError(body: unknown): { code: string; message: string } {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? parsed.data.error : { code: "", message: "" };
}

/**
 * What a status other than 2xx means. 401 unauthorized, 403 permission-missing (or refused, where Defender switched the
 * feature off), 404 not-found, 409 and 412 conflict, 429 throttled, 408 and 5xx not-answering, a redirect
 * unreadable-answer, the rest refused. `detail` is the service's own code, else "HTTP <status>".
 */
export function apiBreakdown(service: Service, answer: JsonAnswer, now: Instant): Breakdown {
  const { code } = apiError(answer.body);
  // Entra puts its passing faults, too, under a code of its own.
  const detail = tokenError(answer.body).aadsts ?? (/^[\w.-]{1,80}$/.test(code) ? code : `HTTP ${answer.status}`);
  const retryAfterMs = retryAfter(answer.headers["retry-after"], now);
  const kind = kindOf(answer.status, code);
  return new Breakdown(kind.code, `${service} ${kind.says}.`, { retryable: kind.retryable, retryAfterMs, detail });
}

interface Kind {
  readonly code: BreakdownCode;
  readonly says: string;
  readonly retryable: boolean;
}

function kindOf(status: number, code: string): Kind {
  if (status === 401) return { code: "unauthorized", says: "does not accept our token", retryable: false };
  if (status === 403 && (code === "DisabledFeature" || code === "DisallowedOperation")) {
    return { code: "refused", says: "has this switched off for the tenant", retryable: false };
  }
  if (status === 403) return { code: "permission-missing", says: "refused for want of a permission", retryable: false };
  if (status === 404) return { code: "not-found", says: "does not know what was asked for", retryable: false };
  if (status === 409 || status === 412) return { code: "conflict", says: "has a newer state", retryable: false };
  if (status === 429) return { code: "throttled", says: "asks us to slow down", retryable: true };
  if (status === 408 || status >= 500) return { code: "not-answering", says: "is failing", retryable: true };
  if (status >= 300 && status < 400) {
    return { code: "unreadable-answer", says: "sent us elsewhere, and redirects are not followed", retryable: true };
  }
  return { code: "refused", says: "refused the request", retryable: false };
}

/** Milliseconds to wait by a Retry-After header (seconds or a date); null where there is none that can be read. */
function retryAfter(header: string | undefined, now: Instant): number | null {
  if (header === undefined || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.parse(now));
}
