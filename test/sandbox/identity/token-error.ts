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
} as const;

export type TokenErrorCode = keyof typeof refusals;

/** The documented error JSON of the token endpoint. */
export function tokenError(now: Date, code: TokenErrorCode, text: string): Answer {
  const { status, error } = refusals[code];
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace("T", " ")}Z`;
  return jsonAnswer(status, {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
}
