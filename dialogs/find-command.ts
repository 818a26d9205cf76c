import { distance } from "fastest-levenshtein";
import { COMMANDS, type Command } from "./commands.ts";

export type CommandSearch =
  | { readonly kind: "found"; readonly command: Command; readonly rest: string }
  | { readonly kind: "unknown"; readonly didYouMean: string | null }
  | { readonly kind: "empty" };

const LONGEST_FIRST = [...COMMANDS].sort((left, right) => right.words.length - left.words.length);
/** Longer texts are no mistyped command; comparing them would only cost time. */
const LONGEST_TYPO = 60;

/** Reads what somebody typed, mentions removed: a command and what follows it, or what they may have meant. */
export function findCommand(typed: string): CommandSearch {
  const text = typed.normalize("NFKC").replace(/\s+/g, " ").trim();
  if (text === "") return { kind: "empty" };
  const lower = text.toLowerCase();
  for (const command of LONGEST_FIRST) {
    if (lower === command.words) return { kind: "found", command, rest: "" };
    if (command.takes !== null && lower.startsWith(`${command.words} `)) {
      return { kind: "found", command, rest: text.slice(command.words.length + 1).trim() };
    }
  }
  return { kind: "unknown", didYouMean: closest(lower) };
}

function closest(lower: string): string | null {
  if (lower.length > LONGEST_TYPO) return null;
  let best: { words: string; far: number } | null = null;
  for (const { words } of COMMANDS) {
    // What was typed may go on after a mistyped command: "alrets high open".
    const head = lower.split(" ").slice(0, words.split(" ").length).join(" ");
    const far = Math.min(mistakes(lower, words), mistakes(head, words));
    const near =
      far <= Math.max(1, Math.floor(words.length / 3)) ||
      words.startsWith(`${lower} `) ||
      lower.startsWith(`${words} `);
    const nearer = best === null || far < best.far || (far === best.far && words.length > best.words.length);
    if (near && nearer) best = { words, far };
  }
  return best?.words ?? null;
}

/** Letters to change, two that changed places counted as one. */
function mistakes(typed: string, words: string): number {
  const first = [...words].findIndex((letter, index) => letter !== typed[index]);
  const swapped = `${words.slice(0, first)}${words[first + 1] ?? ""}${words[first] ?? ""}${words.slice(first + 2)}`;
  return first >= 0 && typed === swapped ? 1 : distance(typed, words);
}
