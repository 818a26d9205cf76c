import { startSandbox } from "../sandbox/sandbox.ts";
import { actionsOf } from "../sandbox/teams/card-actions.ts";
import { World } from "../sandbox/world.ts";
import { answerParent } from "./child.ts";

/** The sandbox in a process of its own: its work is not the bot's. Teams' and Graph's rate limits are lifted. */
const LETTERS = ["A", "B", "C"] as const;

let offset = 0;
const world = new World({ clock: { now: () => new Date(Date.now() + offset) } });
const sandbox = await startSandbox({ world, publicUrl: "http://127.0.0.1:9", graph: { limitPerMinute: Infinity } });
const { teams } = sandbox;
teams.setRateLimits(false);
const [first] = world.people;
const admin = teams.addPerson({
  name: first?.displayName ?? "",
  objectId: first?.objectId ?? "",
  userPrincipalName: first?.userPrincipalName ?? "",
});
const chat = teams.personalChat(admin);
for (const letter of LETTERS) world.consent(world.tenant(letter).tenantId);

async function timed(times: number, act: (turn: number) => Promise<{ status: number }>): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const startedAt = performance.now();
    const { status } = await act(turn);
    latencies.push(performance.now() - startedAt);
    if (status !== 200) throw new Error(`A turn was answered with ${status}.`);
  }
  return latencies;
}

const handlers = {
  describe: async () => ({
    settings: sandbox.settings(),
    tenants: LETTERS.map((letter) => {
      const { tenantId, displayName, verifiedDomains } = world.tenant(letter);
      return { id: tenantId, name: displayName, domain: verifiedDomains[0]?.name ?? "" };
    }),
    admin: { id: admin.objectId, name: admin.name, signInName: admin.userPrincipalName },
    chatId: chat.id,
    serviceUrl: teams.serviceUrl,
  }),
  /** Teams sends to this bot from now on; the admin installs it in the 1:1 chat. */
  connect: async (input: { botUrl: string }) => {
    teams.connectBot(input.botUrl);
    await teams.install(admin);
  },
  moveClock: async (input: { milliseconds: number }) => {
    offset += input.milliseconds;
  },
  /** So many alerts at once, the same ones in every sandbox, spread over the tenants. */
  arrive: async (input: { count: number }) => {
    for (let order = 0; order < input.count; order += 1) {
      const letter = LETTERS[order % LETTERS.length] ?? "A";
      world.arrive(world.tenant(letter).tenantId);
    }
  },
  /** How many messages the bot has in the chat, and what went wrong at the sandbox. */
  seen: async () => ({
    messages: teams.messages(chat).length,
    unknown: sandbox.unknownRequests,
  }),
  /** Says something so many times, one after another; gives each turn's milliseconds as Teams sees them. */
  say: async (input: { text: string; times: number }) =>
    await timed(input.times, () => teams.say(admin, "personal", input.text)),
  /** Claims so many alerts by clicks, one after another; each is another card. */
  claim: async (input: { times: number }) => {
    const cards = teams
      .messages(chat)
      .filter((message) => actionsOf(message.base.attachments?.[0]?.content).some(({ verb }) => verb === "alert.claim"))
      .slice(0, input.times);
    if (cards.length < input.times) throw new Error(`${cards.length} cards can be claimed.`);
    return await timed(input.times, async (turn) => {
      const card = cards[turn];
      if (card === undefined) throw new Error("There is no such card.");
      return await teams.click(admin, card, "alert.claim");
    });
  },
  /** Imports so many organizations without a tenant, by a pasted list. */
  import: async (input: { count: number }) => {
    const names = Array.from({ length: input.count }, (_, at) => `Client ${at}`);
    const [preview] = (await teams.say(admin, "personal", `import organizations\n${names.join("\n")}`)).replies;
    if (preview === undefined) throw new Error("The import was not answered.");
    await teams.click(admin, preview, "import.confirm");
  },
  /** Types into the card that maps an organization, each time something else. */
  typeahead: async (input: { times: number }) => {
    const [card] = (await teams.say(admin, "personal", "connect tenant")).replies;
    if (card === undefined) throw new Error("There is no mapping card.");
    return await timed(input.times, async (turn) => {
      const searched = await teams.search(admin, card, "organizationId", `${turn % 1_000}`);
      if (searched.results.length === 0) throw new Error("Nothing was found.");
      return searched.turn;
    });
  },
  /** Posts an activity's body to a bare server, for comparison. */
  echo: async (input: { url: string; times: number }) => {
    const body = JSON.stringify({ type: "message", text: "help", channelData: { tenant: { id: chat.tenantId } } });
    return await timed(input.times, async () => {
      const response = await fetch(input.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      await response.text();
      return response;
    });
  },
};

export type BenchWorld = typeof handlers;
answerParent(handlers);
