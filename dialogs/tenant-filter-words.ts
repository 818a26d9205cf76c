import type { TenantState } from "../services/domain/tenant-link.ts";
import type { TenantFilter } from "../services/tenants/tenant-overviews.ts";

/** What people call the states, the longer words first; "waiting" is a connection under way, which is no tenant's state yet. */
const STATE_WORDS: readonly (readonly [string, readonly TenantState[] | "waiting"])[] = [
  ["our credential failing", ["credentialFailing"]],
  ["credential failing", ["credentialFailing"]],
  ["defender not available", ["defenderNotAvailable"]],
  ["waiting for consent", "waiting"],
  ["waiting", "waiting"],
  ["permissions missing", ["permissionsMissing"]],
  ["missing permissions", ["permissionsMissing"]],
  ["consent revoked", ["consentRevoked"]],
  ["revoked", ["consentRevoked"]],
  ["not answering", ["notAnswering"]],
  ["not watched", ["consentRevoked", "credentialFailing", "defenderNotAvailable", "notAnswering", "paused"]],
  ["paused", ["paused"]],
  ["connected", ["connected"]],
];

/** Reads the words of `tenants acme not watched`: states' words are taken out, the rest is looked for as text. */
export function parseTenantFilter(words: string): TenantFilter {
  let text = ` ${words.trim().replace(/\s+/g, " ")} `;
  const states = new Set<TenantState>();
  let waiting = false;
  for (const [name, meant] of STATE_WORDS) {
    const at = text.search(new RegExp(` ${name} `, "i"));
    if (at < 0) continue;
    text = `${text.slice(0, at)} ${text.slice(at + name.length + 2)}`;
    if (meant === "waiting") waiting = true;
    else for (const state of meant) states.add(state);
  }
  if (states.size === 0 && !waiting) return { text: text.trim(), states: null, waiting: true };
  return { text: text.trim(), states: [...states], waiting };
}
