import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantStateWords } from "../../cards/tenant-state-words.ts";
import { AADSTS_BOOK } from "../../services/domain/aadsts-book.ts";
import { refuseTokens } from "../sandbox/identity/refuse-tokens.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying } from "./story.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALARM = "Entra refuses the Defender app's credential: no tenant can be read.";

/** Each row, as an admin meets it: the tokens in memory end, Entra refuses new ones, and later gives them again. */
/** How a sentence names who must act. */
const MENDERS = {
  customer: /admin|Ask the customer|Once it has/i,
  operator: /whoever runs Watchdesk|is CLOUD set wrongly/i,
  nobody: /by itself/,
} as const;

describe("The AADSTS book", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
  });
  afterAll(async () => {
    expectCalmEnd(house, [ALARM]);
    await house.close();
  });

  /** What the tenant's own card says. */
  async function card(): Promise<string> {
    const console = await house.sandbox.teams.say(admin, "personal", "tenants");
    const [message] = console.replies;
    if (message === undefined) throw new Error("The bot did not answer `tenants`.");
    return answerOf(await house.sandbox.teams.click(admin, message, "tenant.open"));
  }

  const seen = (sentence: string) => sentence.replace(/`[^`]*`/g, (code) => `“${code.slice(1, -1)}”`);

  it.each(AADSTS_BOOK)("$code", async ({ code, state, sentence, mender, retryable }) => {
    const notices = messagesSaying(house, admin, "our own credential is refused").length;
    const over = refuseTokens(house.world, { tenantId, code });
    await house.pass(HOUR);
    // What may pass by itself is an alarm only when it lasts.
    if (state === null && retryable) for (let minutes = 0; minutes < 12; minutes += 1) await house.pass(MINUTE);

    const words = tenantStateWords(state ?? "credentialFailing");
    const shown = await card();
    expect(shown).toContain(`${words.icon} ${words.word}`);
    expect(shown).toContain(seen(sentence));
    expect(shown).toContain(code);
    // The sentence says what to do and names who; the state's general advice would only contradict it.
    expect(sentence).toMatch(MENDERS[mender]);
    if (words.todo !== null) expect(shown).not.toContain(words.todo);
    const told = messagesSaying(house, admin, "our own credential is refused").length - notices;
    expect(told).toBe(state === null ? 1 : 0);

    over();
    await house.until(
      "connected again",
      async () => (await ask(house, admin, "tenants")).includes("✓ Connected"),
      HOUR,
    );
  });

  it("shows a code that is not in it as it is", async () => {
    const body = {
      error: "invalid_request",
      error_description: "AADSTS999999: Words of Microsoft's.",
      error_codes: [999999],
    };
    const fault = { kind: "status", status: 400, body } as const;
    const over = house.world.fault({ api: "identity", tenantId, path: /\/token$/, fault });
    await house.pass(HOUR);
    expect(await card()).toContain("Microsoft's reason is AADSTS999999");
    over();
    await house.until(
      "connected again",
      async () => (await ask(house, admin, "tenants")).includes("✓ Connected"),
      HOUR,
    );
  });
});
