import type { Severity } from "../services/domain/alert.ts";

/**
 * How a thing shows its state: an icon and a word, with a colour of the theme that never stands alone. The themes' green
 * and yellow are too pale for small text, so they are not among the colours.
 */
export interface StateWords {
  readonly icon: string;
  readonly word: string;
  readonly colour: "default" | "accent" | "attention";
}

const WORDS: Readonly<Record<Severity, StateWords>> = {
  high: { icon: "▲", word: "High", colour: "attention" },
  medium: { icon: "◆", word: "Medium", colour: "default" },
  low: { icon: "●", word: "Low", colour: "accent" },
  informational: { icon: "○", word: "Informational", colour: "default" },
  unknown: { icon: "◇", word: "Severity unknown", colour: "default" },
};

/** Icon, word and colour of a severity. */
export function severityWords(severity: Severity): StateWords {
  return WORDS[severity];
}
