import { type DestinationStream, pino } from "pino";
import { Breakdown } from "../domain/breakdown.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log, LogFields } from "../ports/log.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

const REDACTED = "[redacted]";
/** What may not stand in a log even if a caller hands it in. */
const SECRET_NAME = /token|secret|password|authorization|cookie|assertion|credential|verifier|nonce|title|description/i;
const SECRET_TEXT = [
  /\beyJ[\w-]{10,}(\.[\w-]+){1,2}/g,
  /\bBearer\s+\S+/gi,
  /\b(client_secret|client_assertion|code|code_verifier|state|access_token|id_token|link)=[^&\s"]+/gi,
  /-----BEGIN [^-]+-----[\s\S]*?(-----END [^-]+-----|$)/g,
];
const LONGEST = 500;

/**
 * Log on pino: one JSON object a line, `time` by the clock, `level` as a word. A cause is logged as code and message,
 * with its own cause, never as a stack. Writes to standard output unless told otherwise.
 */
export function createPinoLog(
  deps: { clock: Clock },
  options: { level: LogLevel; destination?: DestinationStream },
): Log {
  const settings = {
    level: options.level,
    base: null,
    messageKey: "message",
    timestamp: () => `,"time":"${deps.clock.now()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  return {
    debug: (sentence, fields = {}) => logger.debug(clean(fields), sentence),
    info: (sentence, fields = {}) => logger.info(clean(fields), sentence),
    warn: (sentence, fields = {}, cause) => logger.warn({ ...clean(fields), ...describe(cause) }, sentence),
    error: (sentence, fields = {}, cause) => logger.error({ ...clean(fields), ...describe(cause) }, sentence),
  };
}

function clean(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SECRET_NAME.test(name) ? REDACTED : scrub(value)]),
  );
}

function scrub(value: LogFields[string]): LogFields[string] {
  if (typeof value !== "string") return value;
  return SECRET_TEXT.reduce((text, secret) => text.replace(secret, REDACTED), value).slice(0, LONGEST);
}

function describe(cause: unknown): Record<string, unknown> {
  if (cause === undefined) return {};
  const inner = cause instanceof Error ? cause.cause : undefined;
  return { cause: nameOf(cause), ...(inner === undefined ? {} : { rootCause: nameOf(inner) }) };
}

function nameOf(cause: unknown): Record<string, unknown> {
  if (cause instanceof Breakdown) {
    return { code: cause.code, detail: scrub(cause.detail), message: scrub(cause.message) };
  }
  if (!(cause instanceof Error)) return { code: typeof cause, message: "something that is no error was thrown" };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
  return { code: scrub(code), message: scrub(cause.message) };
}
