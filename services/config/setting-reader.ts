import type { z } from "zod";
import type { Environment } from "./environment.ts";
import { Secret } from "./secret.ts";

type Kind<Value> = z.ZodType<Value, string>;

/** Reads one setting after the other and gathers what is wrong, so that all of it is told in one run. */
export interface SettingReader {
  /** The value; null where it is missing (told, unless a `standard` stands in) or wrong (told). */
  required<Value>(name: string, kind: Kind<Value>, standard?: string): Value | null;
  /** The value; null where it is not set, or wrong (told). */
  optional<Value>(name: string, kind: Kind<Value>): Value | null;
  /** A secret as it stands; its value appears in no problem. */
  secret(name: string): Secret | null;
  isSet(name: string): boolean;
  /** One more thing that is wrong: a whole sentence. */
  problem(sentence: string): void;
  readonly problems: readonly string[];
}

/** An empty value counts as not set, as a line of .env without one does. */
export function createSettingReader(environment: Environment): SettingReader {
  const problems: string[] = [];
  const textOf = (name: string) => environment[name]?.trim() ?? "";

  function parse<Value>(name: string, kind: Kind<Value>, text: string): Value | null {
    const parsed = kind.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const message of new Set(parsed.error.issues.map((issue) => issue.message))) {
      problems.push(`${name} ${message}.`);
    }
    return null;
  }

  return {
    problems,
    required(name, kind, standard) {
      const text = textOf(name) === "" ? (standard ?? "") : textOf(name);
      if (text !== "") return parse(name, kind, text);
      problems.push(`${name} is missing; set it in the environment or in .env.`);
      return null;
    },
    optional: (name, kind) => (textOf(name) === "" ? null : parse(name, kind, textOf(name))),
    secret: (name) => (textOf(name) === "" ? null : new Secret(textOf(name))),
    isSet: (name) => textOf(name) !== "",
    problem(sentence) {
      problems.push(sentence);
    },
  };
}
