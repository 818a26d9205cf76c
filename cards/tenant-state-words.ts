import type { TenantState } from "../services/domain/tenant-link.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import type { StateWords } from "./severity-words.ts";

/** A tenant's state in words, and what a person can do about it; null where nothing is to be done. */
export interface TenantStateWords extends StateWords {
  readonly todo: string | null;
}

const WORDS: Readonly<Record<TenantState, TenantStateWords>> = {
  connected: { icon: "✓", word: "Connected", colour: "default", todo: null },
  permissionsMissing: {
    icon: "△",
    word: "Permissions missing",
    colour: "default",
    todo: "What is granted is looked at again every 15 minutes.",
  },
  consentRevoked: {
    icon: "✕",
    word: "Consent revoked",
    colour: "attention",
    todo: "Ask an admin of the tenant to consent again, or remove the tenant if it is to stay that way.",
  },
  defenderNotAvailable: {
    icon: "✕",
    word: "Defender not available",
    colour: "attention",
    todo: "Check that the tenant has Microsoft Defender for Endpoint and that it is set up.",
  },
  credentialFailing: {
    icon: "✕",
    word: "Our credential failing",
    colour: "attention",
    todo: "Whoever runs Watchdesk has to mend the Defender app's credential or registration; the customer can do nothing.",
  },
  notAnswering: {
    icon: "△",
    word: "Not answering",
    colour: "default",
    todo: "Nothing to do yet: Watchdesk goes on trying and reads what was missed.",
  },
  paused: {
    icon: "‖",
    word: "Paused",
    colour: "default",
    todo: "Nothing is read and nothing is resolved while it is paused.",
  },
};

/** Connected, and yet nothing is known of what came lately. */
const NOT_PROVEN: TenantStateWords = {
  icon: "△",
  word: "Connected, not proven read",
  colour: "default",
  todo: "Nothing to do yet: Watchdesk goes on trying and reads what was missed. If it lasts, whoever runs Watchdesk has to look at its log.",
};

/** As tenantStateWords, of a tenant that should be read; without a recent proof that it is, it is not simply connected. */
export function overviewStateWords({ link, proven }: TenantOverview): TenantStateWords {
  return link.state === "connected" && !proven ? NOT_PROVEN : WORDS[link.state];
}

/** Icon, word, colour and advice for a tenant's state. */
export function tenantStateWords(state: TenantState): TenantStateWords {
  return WORDS[state];
}
