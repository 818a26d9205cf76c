import { describe, expect, it } from "vitest";
import type { Announcement, AnnounceOutcome, Announcer } from "../../../services/ports/announcer.ts";
import { recordOf } from "../../cards/examples/example-parts.ts";
import { conversation } from "../store/store-samples.ts";

/** What Teams does with the next call, in the words of its behaviour. */
export type TeamsBehaviour =
  | "takes it"
  | "is busy for 7 seconds"
  | "fails"
  | "times out"
  | "resets"
  | "does not know the conversation"
  | "does not know the message"
  | "removed the bot"
  | "finds the card too large"
  | "finds the card wrong";

export interface OpenedAnnouncer {
  readonly announcer: Announcer;
  /** Where it may post: its service URL is the Teams of this test. */
  readonly serviceUrl: string;
  /** Calls that reached Teams, token refreshes left out. */
  calls(): number;
}

export type OpenAnnouncer = (behaviour: TeamsBehaviour) => Promise<OpenedAnnouncer>;

const POSTED: readonly [TeamsBehaviour, Partial<AnnounceOutcome>][] = [
  ["takes it", { kind: "shown" }],
  ["is busy for 7 seconds", { kind: "wait", milliseconds: 7_000 }],
  ["fails", { kind: "ambiguous" }],
  ["times out", { kind: "ambiguous" }],
  ["resets", { kind: "ambiguous" }],
  ["does not know the conversation", { kind: "refused", why: "conversationGone" }],
  ["removed the bot", { kind: "refused", why: "blocked" }],
  ["finds the card too large", { kind: "refused", why: "rejected" }],
  ["finds the card wrong", { kind: "refused", why: "rejected" }],
];
const EDITED: typeof POSTED = [...POSTED, ["does not know the message", { kind: "refused", why: "messageGone" }]];

/** What every announcer keeps; `open` gives one whose Teams behaves as told. */
export function announcerContract(name: string, open: OpenAnnouncer): void {
  const announcement: Announcement = { kind: "alert", record: recordOf(), organizationName: "Contoso" };

  describe(`announcer contract: ${name}`, () => {
    describe.each(["channel", "personal", "groupChat"] as const)("posting in a %s", (kind) => {
      it.each(POSTED)("Teams %s: %j, after one attempt", async (behaviour, expected) => {
        const { announcer, serviceUrl, calls } = await open(behaviour);
        const outcome = await announcer.post({ conversation: conversation({ kind, serviceUrl }), announcement });
        expect(outcome).toMatchObject(expected);
        if (outcome.kind === "shown") expect(outcome.activityId).not.toBe("");
        expect(calls()).toBe(1);
      });
    });

    describe("editing", () => {
      it.each(EDITED)("Teams %s: %j, after one attempt", async (behaviour, expected) => {
        const { announcer, serviceUrl, calls } = await open(behaviour);
        const place = conversation({ serviceUrl });
        const outcome = await announcer.edit({ conversation: place, activityId: "message-1", announcement });
        expect(outcome).toMatchObject(expected);
        if (outcome.kind === "shown") expect(outcome.activityId).toBe("message-1");
        expect(calls()).toBe(1);
      });
    });
  });
}
