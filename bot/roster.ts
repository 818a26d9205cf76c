import { LRUCache } from "lru-cache";
import { MINUTE } from "../services/domain/instant.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { ConnectorCall, Place } from "./teams-connector.ts";
import { findMember, listMembers, type Member } from "./teams-members.ts";

/** A guest who was removed is nobody again after at most this long. */
const KEPT = 5 * MINUTE;
const ENTRIES = 5_000;

/** Who is in a conversation, as Teams says it; remembered for five minutes by the clock handed in. */
export interface Roster {
  /** By Teams id, Entra object id or sign-in name; null: not a member. */
  find(place: Place, id: string): Promise<Member | null>;
  /** Whether guests or people of other tenants are members; true as well where Teams does not tell. */
  hasOutsiders(place: Place): Promise<boolean>;
}

export function createRoster(deps: { call: ConnectorCall; clock: Clock }): Roster {
  const members = createMemory<Member>(deps.clock);
  const outsiders = createMemory<boolean>(deps.clock);
  return {
    find: (place, id) => members(`${place.conversationId}\n${id}`, () => findMember(deps.call, { place, id })),
    hasOutsiders: async (place) => {
      const found = await outsiders(place.conversationId, async () => {
        const all = await listMembers(deps.call, { place });
        return all?.some((member) => isOutsider(member, place.accountId)) ?? null;
      });
      return found ?? true;
    },
  };
}

/** A guest, or somebody whose home is another tenant than the account's. */
export function isOutsider(member: Member, accountId: string): boolean {
  return member.guest || (member.tenantId !== null && member.tenantId.toLowerCase() !== accountId);
}

/** Remembers what was found, never that nothing was. */
function createMemory<Value extends Member | boolean>(clock: Clock) {
  const known = new LRUCache<string, { value: Value; at: number }>({ max: ENTRIES });
  return async (key: string, find: () => Promise<Value | null>): Promise<Value | null> => {
    const now = Date.parse(clock.now());
    const entry = known.get(key);
    if (entry !== undefined && now - entry.at < KEPT && now >= entry.at) return entry.value;
    const value = await find();
    if (value !== null) known.set(key, { value, at: now });
    return value;
  };
}
