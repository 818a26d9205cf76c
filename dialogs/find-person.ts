import type { RosterMember, Turn } from "./turn.ts";

export const HOW_TO_NAME = "mention the person, or type their sign-in name or Entra object id";

export type PersonSearch =
  | { readonly kind: "found"; readonly member: RosterMember }
  | { readonly kind: "unclear"; readonly sentence: string };

/** Ids of bots in Teams begin so; those of people with 29:. */
const BOT = /^28:/;
const LONGEST_NAME = 300;

/** The one person that the turn's mentions name, or else the text, as a roster knows them; or why it is not clear who. */
export async function findPerson(turn: Turn, typed: string): Promise<PersonSearch> {
  const bot = turn.mentioned.find(({ id }) => BOT.test(id));
  if (bot !== undefined) return unclear(`${bot.name || "That"} is a bot. Only people have roles.`);
  const ids = new Set(turn.mentioned.map(({ id }) => id));
  if (ids.size > 1) return unclear("Name one person at a time.");
  const named = typed
    .replace(/<\/?at>/gi, "")
    .trim()
    .slice(0, LONGEST_NAME);
  const id = [...ids][0] ?? named;
  if (id === "") return unclear(`Say whom: ${HOW_TO_NAME}.`);
  if (BOT.test(id)) return unclear("That is a bot. Only people have roles.");
  const member = await turn.findMember(id);
  if (member !== null) return { kind: "found", member };
  return unclear(`Nobody in the roster is "${named || turn.mentioned[0]?.name || id}". Please ${HOW_TO_NAME}.`);
}

function unclear(sentence: string): PersonSearch {
  return { kind: "unclear", sentence };
}
