import { randomUUID } from "node:crypto";
import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";

/** The token endpoint's refusals, by AADSTS number: HTTP status and the OAuth error that goes with it. */
const refusals = {
  7000215: { status: 401, error: "invalid_client" },
  7000222: { status: 401, error: "invalid_client" },
  7000218: { status: 401, error: "invalid_client" },
  700027: { status: 401, error: "invalid_client" },
  700016: { status: 400, error: "unauthorized_client" },
  500011: { status: 400, error: "invalid_resource" },
  90002: { status: 400, error: "invalid_request" },
  900144: { status: 400, error: "invalid_request" },
  70003: { status: 400, error: "unsupported_grant_type" },
  70011: { status: 400, error: "invalid_scope" },
  9002313: { status: 400, error: "invalid_grant" },
  54005: { status: 400, error: "invalid_grant" },
  70008: { status: 400, error: "invalid_grant" },
  501481: { status: 400, error: "invalid_grant" },
  500112: { status: 400, error: "invalid_grant" },
  // Played by refuse-tokens.ts only. The `error` beside a code is our reading where Microsoft's pages name none.
  70001: { status: 400, error: "unauthorized_client" },
  7000112: { status: 400, error: "unauthorized_client" },
  7000229: { status: 400, error: "unauthorized_client" },
  65001: { status: 400, error: "invalid_grant" },
  65004: { status: 400, error: "access_denied" },
  90094: { status: 400, error: "invalid_grant" },
  90095: { status: 400, error: "invalid_grant" },
  650051: { status: 400, error: "invalid_request" },
  650052: { status: 400, error: "invalid_client" },
  650056: { status: 400, error: "invalid_client" },
  650057: { status: 400, error: "invalid_resource" },
  90038: { status: 400, error: "invalid_request" },
  900382: { status: 400, error: "invalid_request" },
  900432: { status: 400, error: "invalid_request" },
  5000224: { status: 400, error: "invalid_request" },
  900023: { status: 400, error: "invalid_request" },
  53003: { status: 400, error: "access_denied" },
  90006: { status: 503, error: "temporarily_unavailable" },
  90024: { status: 503, error: "temporarily_unavailable" },
  90033: { status: 503, error: "temporarily_unavailable" },
  90090: { status: 503, error: "server_error" },
} as const;

export type TokenErrorCode = keyof typeof refusals;

/** Whether the sandbox knows how Entra refuses with that number. */
export function isTokenErrorCode(code: number): code is TokenErrorCode {
  return Object.hasOwn(refusals, code);
}

/** The documented error JSON of the token endpoint. */
export function tokenError(now: Date, code: TokenErrorCode, text: string): Answer {
  const { status, body } = tokenErrorBody(now, code, text);
  return jsonAnswer(status, body);
}

/** Status and JSON of a refusal, for those who send it themselves. */
export function tokenErrorBody(now: Date, code: TokenErrorCode, text: string): { status: number; body: unknown } {
  const { status, error } = refusals[code];
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace("T", " ")}Z`;
  const body = {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
  return { status, body };
}
