import { LRUCache } from "lru-cache";
import { MINUTE } from "../services/domain/instant.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { ConnectorCall, Place } from "./teams-connector.ts";
import { findMember, type Member } from "./teams-posts.ts";

/** A guest who was removed is nobody again after at most this long. */
const KEPT = 5 * MINUTE;
const ENTRIES = 5_000;

/** Looks somebody up in a conversation's roster, by Teams id, object id or sign-in name; null: not a member. */
export type Roster = (place: Place, id: string) => Promise<Member | null>;

/** The rosters of Teams, remembered for five minutes by the clock handed in. */
export function createRoster(deps: { call: ConnectorCall; clock: Clock }): Roster {
  const members = new LRUCache<string, { member: Member; at: number }>({ max: ENTRIES });
  return async (place, id) => {
    const key = `${place.conversationId}\n${id}`;
    const now = Date.parse(deps.clock.now());
    const known = members.get(key);
    if (known !== undefined && now - known.at < KEPT && now >= known.at) return known.member;
    const member = await findMember(deps.call, { place, id });
    if (member !== null) members.set(key, { member, at: now });
    return member;
  };
}
