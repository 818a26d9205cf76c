/** Values beside a log sentence. No titles, names or tokens go in here. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Logs: a static sentence and fields. ERROR: a person must act; WARN: healed itself; INFO: milestones; DEBUG: the rest. */
export interface Log {
  debug(sentence: string, fields?: LogFields): void;
  info(sentence: string, fields?: LogFields): void;
  warn(sentence: string, fields?: LogFields, cause?: unknown): void;
  error(sentence: string, fields?: LogFields, cause?: unknown): void;
}
