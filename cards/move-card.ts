import type { MoveRequest } from "../services/domain/move-request.ts";
import type { MovePreview } from "../services/tenants/request-move.ts";
import type { Fact } from "./alert-facts.ts";
import { countWords } from "./count-words.ts";
import layout from "./move-card.json" with { type: "json" };
import { moveStateWords, moveStory } from "./move-words.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { datedTimeWords } from "./time-words.ts";

type MoveCardData = {
  readonly title: string;
  readonly state: string;
  readonly stateColour: string;
  readonly story: string;
  readonly facts: readonly Fact[];
  readonly canAsk: boolean;
  readonly canAnswer: boolean;
  readonly canTakeBack: boolean;
  readonly canUndo: boolean;
  readonly moveId: string;
  readonly tenantId: string;
  readonly organizationId: string;
  readonly newOrganization: string;
};

const render = compileCard<MoveCardData>(layout);

/** What a move would do, for whoever is about to ask for it. */
export function movePreviewCard(preview: Drawing): RenderedCard {
  const isNew = preview.to.organizationId === null;
  return drawn(preview, {
    state: "Preview",
    stateColour: "default",
    story: `Nothing is changed yet. ${isNew ? `${preview.to.name} is new: it is added when you ask. ` : ""}Another admin has to approve it; if there is none who could, it is carried out after 24 hours.`,
    asked: [],
    canAsk: true,
    canAnswer: false,
    canTakeBack: false,
    canUndo: false,
    moveId: "",
  });
}

/** A move that was asked for, and what became of it. Whoever asked sees another button than those who decide. */
export function moveCard(input: { readonly move: MoveRequest; readonly forRequester: boolean }): RenderedCard {
  const { move, forRequester } = input;
  const words = moveStateWords(move);
  const waits = move.state === "pending";
  return drawn(move, {
    state: `${words.icon} ${words.word}`,
    stateColour: words.colour,
    story: moveStory(move),
    asked: [
      { name: "Asked by", value: `${inertText(move.requestedBy.name, 60)}, ${datedTimeWords(move.requestedAt)}` },
    ],
    canAsk: false,
    canAnswer: waits && !forRequester,
    canTakeBack: waits && forRequester,
    canUndo: move.state === "done" && move.undoUntil !== null,
    moveId: move.id,
  });
}

interface Drawing extends Pick<MovePreview, "from" | "to" | "moved"> {
  readonly tenantId: string;
  readonly tenantName: string;
}

function drawn(
  subject: Drawing,
  {
    asked,
    story,
    ...shown
  }: Pick<
    MoveCardData,
    "state" | "stateColour" | "story" | "canAsk" | "canAnswer" | "canTakeBack" | "canUndo" | "moveId"
  > & {
    asked: readonly Fact[];
  },
): RenderedCard {
  const { from, to, moved } = subject;
  return {
    summary: `Move ${plainText(from.name, 80)}'s tenant to ${plainText(to.name, 80)}`,
    card: render({
      ...shown,
      title: `Move ${inertText(from.name, 80)}'s tenant`,
      story: sentences(story, 600),
      facts: [
        { name: "Tenant", value: inertText(subject.tenantName, 120) },
        { name: "From", value: inertText(from.name, 80) },
        { name: "To", value: inertText(to.name, 80) },
        { name: "With it", value: thingsWords(moved) },
        ...asked,
      ],
      moveId: plainText(shown.moveId, 100),
      tenantId: plainText(subject.tenantId, 100),
      organizationId: plainText(to.organizationId ?? "", 100),
      newOrganization: to.organizationId === null ? plainText(to.name, 200) : "",
    }),
  };
}

function thingsWords({ alerts, cards, settings }: MovePreview["moved"]): string {
  const own = settings === 0 ? "no settings of its own" : `${countWords(settings, "setting")} of its own`;
  return `${countWords(alerts, "alert")}, ${countWords(cards, "card")} shown, ${own}`;
}
