import { escapeHtml } from "./page.ts";
import type { DemoSeats, TeamsSandbox } from "./teams/teams.ts";

/** A form for a message of several lines: the Playground, unlike Teams, joins the lines of what is typed or pasted. */
export function sayInLinesSection({ user }: Pick<DemoSeats, "user">): string {
  return `<h2 id="lines">You: ${escapeHtml(user.name)}</h2>
<p class="soft">The Playground joins the lines of a message, Teams does not. Paste a list here, such as the one that “import
organizations” asks for; Watchdesk answers in your Personal Chat.</p>
<form method="post" action="/say"><label>Message <textarea name="text" required></textarea></label>
<div class="row"><button type="submit">Send to Watchdesk</button></div></form>`;
}

/** Says it in the 1:1 chat of the Playground's user and waits for the bot; false where there is nothing to say. */
export async function sayInLines(teams: Pick<TeamsSandbox, "seats" | "say">, form: URLSearchParams): Promise<boolean> {
  const text = (form.get("text") ?? "").replaceAll("\r\n", "\n").trim();
  if (teams.seats === null || text === "") return false;
  await teams.say(teams.seats.user, "personal", text);
  return true;
}
