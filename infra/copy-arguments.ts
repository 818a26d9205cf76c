import { parseArgs } from "node:util";

type Store = "sqlite" | "cosmos";

/** Which store is copied into which. */
export interface CopyDirection {
  readonly from: Store;
  readonly to: Store;
}

const WAYS = "say --from sqlite --to cosmos, or --from cosmos --to sqlite (behind npm's --).";

/** The direction that the arguments name, or a sentence that says what is wrong with them. */
export function readCopyArguments(args: readonly string[]): CopyDirection | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { from: { type: "string" }, to: { type: "string" } } });
    const { from, to } = values;
    if (from === undefined || to === undefined) return `Which store is to be copied into which: ${WAYS}`;
    const unknown = [from, to].find((store) => !isStore(store));
    if (unknown !== undefined) return `There is no store “${unknown}”: ${WAYS}`;
    if (from === to || !isStore(from) || !isStore(to)) return `A store cannot be copied into one of its kind: ${WAYS}`;
    return { from, to };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return `That was not understood: ${WAYS}`;
  }
}

function isStore(word: string): word is Store {
  return word === "sqlite" || word === "cosmos";
}
