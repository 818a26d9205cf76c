import type { ConsentState } from "../services/domain/consent-journey.ts";
import type { StateWords } from "./severity-words.ts";

/** A journey's state in words, what it means, and whether the link can still be used. */
export interface ConsentStateWords extends StateWords {
  readonly meaning: string;
  readonly linkOpen: boolean;
}

const words = (
  icon: string,
  word: string,
  colour: StateWords["colour"],
  linkOpen: boolean,
  meaning: string,
): ConsentStateWords => ({ icon, word, colour, linkOpen, meaning });

const WORDS: Readonly<Record<ConsentState, ConsentStateWords>> = {
  waiting: words("○", "Waiting for consent", "default", true, "Nobody has opened the link yet."),
  opened: words("◐", "Opened", "accent", true, "The link was opened; Microsoft has not answered yet."),
  declined: words("✕", "Declined", "attention", true, "The permissions were not accepted. The link can be used again."),
  wrongTenant: words(
    "✕",
    "Wrong tenant",
    "attention",
    true,
    "Somebody signed in to another tenant. Nothing was changed; the link can be used again.",
  ),
  notAdmin: words(
    "✕",
    "Not an administrator",
    "attention",
    true,
    "Whoever signed in may not consent for the tenant. The link can be used again by an administrator.",
  ),
  refused: words(
    "✕",
    "Refused by Microsoft",
    "attention",
    true,
    "Microsoft did not complete the consent. The link can be used again.",
  ),
  awaitingConfirmation: words(
    "◐",
    "Waiting for your confirmation",
    "accent",
    false,
    "Consent was given. Nothing is connected until you confirm the tenant.",
  ),
  granted: words("◐", "Consent granted", "accent", false, "Now the permissions are checked."),
  checking: words("◐", "Reading alerts", "accent", false, "The permissions are there; the first read is under way."),
  connected: words("✓", "Connected", "default", false, "The first read is complete."),
  cancelled: words("✕", "Cancelled", "default", false, "The link no longer works. Nothing was connected."),
  expired: words("✕", "Link ended", "default", false, "The link was not used in time. Nothing was connected."),
  failed: words("✕", "Not connected", "attention", false, "The tenant could not be connected."),
  removed: words(
    "✕",
    "Tenant removed",
    "default",
    false,
    "The tenant was removed. Nothing was connected by this link.",
  ),
};

/** Where nothing is connected or not: the tenant is linked all along. */
const AGAIN: Readonly<Partial<Record<ConsentState, Partial<ConsentStateWords>>>> = {
  granted: { meaning: "Consent was given. Now the permissions are checked." },
  checking: { meaning: "The permissions are there; alerts are being read." },
  connected: {
    word: "Consent given",
    meaning: "The permissions were checked; the tenant's card shows what is granted.",
  },
  cancelled: { meaning: "The link no longer works. The tenant stays as it is." },
  expired: { meaning: "The link was not used in time. The tenant stays as it is." },
  failed: { word: "Not granted", meaning: "Nothing was granted by this link. The tenant stays as it is." },
  removed: { meaning: "The tenant was removed. The link leads nowhere." },
};

/** Icon, word, colour and meaning of a consent journey's state; `again`: of one whose tenant is linked already. */
export function consentStateWords(state: ConsentState, again = false): ConsentStateWords {
  return again ? { ...WORDS[state], ...AGAIN[state] } : WORDS[state];
}
