import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";

interface ValidationEvent {
  readonly message: string;
}

interface AdaptiveCardsLibrary {
  readonly AdaptiveCard: new () => {
    parse(json: unknown, context: unknown): void;
    validateProperties(): { readonly validationEvents: readonly ValidationEvent[] };
  };
  readonly SerializationContext: new () => { readonly eventCount: number; getEventAt(at: number): ValidationEvent };
}

/** The client library's distribution, for pages. */
export const ADAPTIVE_CARDS_SCRIPT = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");

let library: AdaptiveCardsLibrary | undefined;

/** What Microsoft's client library finds wrong with a card; empty when nothing. */
export function cardProblems(card: unknown): readonly string[] {
  library ??= loadLibrary();
  const context = new library.SerializationContext();
  const parsed = new library.AdaptiveCard();
  parsed.parse(card, context);
  const parsing = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...parsing, ...parsed.validateProperties().validationEvents.map((event) => event.message)];
}

/** The library is one script for browsers; parsing needs no document, so it runs in a context of its own. */
function loadLibrary(): AdaptiveCardsLibrary {
  const world: { window: object; document: object; self?: object; AdaptiveCards?: AdaptiveCardsLibrary } = {
    window: {},
    document: {},
  };
  world.self = world;
  runInNewContext(readFileSync(ADAPTIVE_CARDS_SCRIPT, "utf8"), world);
  if (world.AdaptiveCards === undefined) throw new Error("adaptivecards did not load.");
  return world.AdaptiveCards;
}
