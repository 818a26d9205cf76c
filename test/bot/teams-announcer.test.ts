import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Announcement } from "../../services/ports/announcer.ts";
import { ACCOUNT, journeyOf, overviewOf, recordOf } from "../cards/examples/example-parts.ts";
import { binding, conversation } from "../contract/store/store-samples.ts";
import { announcerBench } from "./announcer-bench.ts";
import { json } from "./loopback.ts";

const bench = () => announcerBench((response) => json(response, 201, { id: "message-1" }));
const alert: Announcement = { kind: "alert", record: recordOf(), organizationName: "Contoso Retail" };
const message = z.looseObject({
  type: z.literal("message"),
  summary: z.string().min(1),
  attachments: z.tuple([
    z.object({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      content: z.looseObject({ type: z.literal("AdaptiveCard"), version: z.string() }),
    }),
  ]),
});

describe("createTeamsAnnouncer", () => {
  it("begins a new thread in a channel, as the bot, in the account's tenant", async () => {
    const { announcer, teams, serviceUrl } = await bench();
    const where = conversation({ accountId: ACCOUNT, id: "19:a@thread.tacv2", serviceUrl });
    expect(await announcer.post({ conversation: where, announcement: alert })).toEqual({
      kind: "shown",
      activityId: "message-1",
    });
    const [request] = teams.requests;
    expect(request).toMatchObject({ method: "POST", path: "/emea/v3/conversations" });
    const { activity, ...rest } = JSON.parse(request?.body ?? "{}");
    expect(rest).toEqual({
      isGroup: true,
      bot: { id: "28:bot-app-id" },
      tenantId: ACCOUNT,
      channelData: { channel: { id: "19:a@thread.tacv2" }, tenant: { id: ACCOUNT } },
    });
    expect(message.parse(activity).summary).toContain("Contoso Retail");
  });

  it("takes a new thread's message id, not the thread's", async () => {
    const { announcer, serviceUrl } = await announcerBench((response) =>
      json(response, 201, { id: "19:a;messageid=7", activityId: "message-7" }),
    );
    const posted = await announcer.post({ conversation: conversation({ serviceUrl }), announcement: alert });
    expect(posted).toEqual({ kind: "shown", activityId: "message-7" });
  });

  it("takes an answer without an id for ambiguous: something is on screen that cannot be named", async () => {
    const { announcer, serviceUrl } = await announcerBench((response) => json(response, 201, {}));
    const posted = await announcer.post({ conversation: conversation({ serviceUrl }), announcement: alert });
    expect(posted).toMatchObject({ kind: "ambiguous" });
  });

  it.each(["personal", "groupChat"] as const)("posts a message into a %s, its id encoded", async (kind) => {
    const { announcer, teams, serviceUrl } = await bench();
    await announcer.post({ conversation: conversation({ kind, id: "a:1/2", serviceUrl }), announcement: alert });
    expect(teams.requests[0]).toMatchObject({ method: "POST", path: "/emea/v3/conversations/a%3A1%2F2/activities" });
    message.parse(JSON.parse(teams.requests[0]?.body ?? "{}"));
  });

  it("edits the message in its place", async () => {
    const { announcer, teams, serviceUrl } = await bench();
    await announcer.edit({
      conversation: conversation({ id: "19:a", serviceUrl }),
      activityId: "17/2",
      announcement: alert,
    });
    expect(teams.requests[0]).toMatchObject({ method: "PUT", path: "/emea/v3/conversations/19%3Aa/activities/17%2F2" });
    expect(message.parse(JSON.parse(teams.requests[0]?.body ?? "{}"))).toMatchObject({ id: "17/2" });
  });

  it("waits a minute and calls for a person where Teams refuses the bot's own credential", async () => {
    const { announcer, errors, serviceUrl } = await announcerBench((response) => json(response, 401, {}));
    const posted = await announcer.post({ conversation: conversation({ serviceUrl }), announcement: alert });
    expect(posted).toEqual({ kind: "wait", milliseconds: 60_000 });
    expect(errors).toEqual(["Teams refuses the bot's own credential."]);
  });

  it("sends nothing to a host that is not allowed", async () => {
    const { announcer, teams } = await bench();
    const where = conversation({ serviceUrl: "https://evil.example/" });
    expect(await announcer.post({ conversation: where, announcement: alert })).toEqual({
      kind: "refused",
      why: "blocked",
    });
    expect(teams.requests).toEqual([]);
  });
});

describe("createTeamsAnnouncer: what is shown", () => {
  async function shown(
    announcement: Announcement,
    prepare: (opened: Awaited<ReturnType<typeof bench>>) => Promise<void> = async () => {},
  ) {
    const opened = await bench();
    await prepare(opened);
    const where = conversation({ kind: "personal", serviceUrl: opened.serviceUrl });
    expect(await opened.announcer.post({ conversation: where, announcement })).toMatchObject({ kind: "shown" });
    return opened.teams.requests[0]?.body ?? "";
  }

  it("a notice, with its title and text", async () => {
    const body = await shown({ kind: "notice", title: "Contoso is not covered", text: "Its consent is gone." });
    expect(body).toContain("Contoso is not covered");
    expect(body).toContain("Its consent is gone.");
  });

  it("a consent, with the link that its journey has and the account's configured name", async () => {
    const journey = journeyOf({ accountId: ACCOUNT });
    const body = await shown({ kind: "consent", journey });
    expect(body).toContain("https://watchdesk.example/consent/start?link=");
    expect(body).toContain("Harbor Ridge");
  });

  it("a connection, with the conversations that its alerts go to", async () => {
    const overview = overviewOf();
    const { accountId } = overview.link;
    const body = await shown({ kind: "connected", journey: journeyOf(), overview }, async ({ stores }) => {
      await stores.conversations.put(conversation({ accountId, id: "channel-1", name: "SOC / Night watch" }));
      await stores.bindings.put({ binding: binding({ accountId }), audit: null });
    });
    expect(body).toContain("SOC / Night watch");
    expect(body).toContain(overview.organizationName);
  });
});
