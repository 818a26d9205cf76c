import { escapeHtml } from "./page.ts";
import { actionsOf } from "./teams/card-actions.ts";
import { cardOfActivity } from "./teams/check-activity.ts";
import type { DemoSeats, TeamsSandbox } from "./teams/teams.ts";
import { isObject, type JsonObject, type Message, type Person } from "./teams/teams-types.ts";
import { textOf } from "./teams/text-of-card.ts";

/** Older cards are left out: what is to be decided is among the newest. */
const SHOWN = 3;

type Chat = Pick<TeamsSandbox, "messages" | "card" | "click">;

/** What came of a press: another card in the chat, a sentence beside it, or no such message or button. */
export type ColleagueAnswer =
  | { readonly kind: "shown" }
  | { readonly kind: "said"; readonly sentence: string }
  | { readonly kind: "unknown" };

/** The colleague's 1:1 chat with the bot as HTML: the newest cards, each with the buttons that need nothing typed. */
export function colleagueSection(chat: Chat, { colleague }: Pick<DemoSeats, "colleague">): string {
  const newest = chat.messages(colleague).filter(({ base }) => cardOfActivity(base) !== undefined);
  const cards = newest.slice(-SHOWN).toReversed();
  return `<h2 id="colleague">Your colleague: ${escapeHtml(colleague.name)}</h2>
<p class="soft">Another admin. Here is what Watchdesk says in the colleague's own chat, newest first; a button pressed here is
pressed by the colleague.</p>
${cards.map((message) => cardHtml(chat, colleague, message)).join("\n")}`;
}

/** Presses the button that the form names, as the colleague would in Teams, and waits for the bot. */
export async function clickAsColleague(
  chat: Chat & Pick<TeamsSandbox, "seats">,
  form: URLSearchParams,
): Promise<ColleagueAnswer> {
  const colleague = chat.seats?.colleague;
  const message = colleague && chat.messages(colleague).find(({ id }) => id === form.get("message"));
  if (colleague === undefined || message === undefined) return { kind: "unknown" };
  const title = form.get("button") ?? "";
  if (!buttonsOf(chat.card(message, colleague)).includes(title)) return { kind: "unknown" };
  const { notice } = await chat.click(colleague, message, title);
  return notice === undefined ? { kind: "shown" } : { kind: "said", sentence: notice };
}

function cardHtml(chat: Chat, person: Person, message: Message): string {
  const card = chat.card(message, person);
  const [title = "", ...lines] = linesOf(card);
  const buttons = buttonsOf(card).map(
    (name) => `<button type="submit" name="button" value="${escapeHtml(name)}">${escapeHtml(name)}</button>`,
  );
  return `<form class="card" method="post" action="/click"><input type="hidden" name="message" value="${escapeHtml(message.id)}">
<b>${escapeHtml(title)}</b>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("")}
${buttons.length === 0 ? "" : `<div class="row">${buttons.join("\n")}</div>`}</form>`;
}

/** A card's words; a fact is one line. */
function linesOf(card: JsonObject): string[] {
  const body = Array.isArray(card.body) ? card.body.filter(isObject) : [];
  return body.flatMap((element) => {
    const facts = Array.isArray(element.facts) ? element.facts.filter(isObject) : [];
    if (facts.length > 0) return facts.map(({ title, value }) => `${String(title)}: ${String(value)}`);
    return textOf(element).split("\n");
  });
}

function buttonsOf(card: JsonObject): string[] {
  if (JSON.stringify(card).includes('"type":"Input.')) return [];
  return actionsOf(card).flatMap(({ type, title }) => (type === "Action.Execute" ? [String(title)] : []));
}
