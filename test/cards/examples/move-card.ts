import { moveCard, movePreviewCard } from "../../../cards/move-card.ts";
import type { MoveRequest } from "../../../services/domain/move-request.ts";
import type { CardExamples } from "./card-examples.ts";
import { ACCOUNT, HOSTILE_LONG, LATER, NOW, PRIYA, TENANT } from "./example-parts.ts";

const TOM = { id: "p-2", name: "Tom Okafor", signInName: null };

const PENDING: MoveRequest = {
  accountId: ACCOUNT,
  id: "move-7",
  tenantId: TENANT,
  tenantName: "Contoso Dental GmbH",
  from: { organizationId: "org-1", name: "Contoso Dental" },
  to: { organizationId: "org-2", name: "Contoso Clinics" },
  moved: { alerts: 41, cards: 3, settings: 2 },
  requestedBy: PRIYA,
  requestedAt: NOW,
  requestedIn: "a:chat",
  state: "pending",
  carryOutAt: null,
  expiresAt: "2026-11-29T14:02:00.000Z",
  decidedBy: null,
  decidedAt: null,
  doneAt: null,
  undoUntil: null,
  explanation: null,
  revision: 1,
  cards: [],
  renewal: null,
  dueAt: null,
};

const decided = { decidedBy: TOM, decidedAt: LATER };
const show = (changes: Partial<MoveRequest>, forRequester = false) =>
  moveCard({ move: { ...PENDING, ...changes }, forRequester });

export const moveCardExamples: CardExamples = {
  minimal: () => show({ state: "expired", moved: { alerts: 0, cards: 0, settings: 0 } }),
  typical: () => show({}),
  worst: () =>
    show({
      state: "cancelled",
      tenantName: HOSTILE_LONG,
      from: { organizationId: "org-1", name: HOSTILE_LONG },
      to: { organizationId: "org-2", name: HOSTILE_LONG },
      requestedBy: { ...PRIYA, name: HOSTILE_LONG },
      explanation: HOSTILE_LONG,
      moved: { alerts: 123_456, cards: 10_000, settings: 5 },
    }),
  more: {
    preview: () => movePreviewCard({ ...PENDING }),
    previewOfNew: () =>
      movePreviewCard({ ...PENDING, to: { organizationId: null, name: "Contoso [Clinics](https://x.example)" } }),
    requester: () => show({}, true),
    soleAdmin: () => show({ carryOutAt: "2026-11-23T14:02:00.000Z" }, true),
    done: () => show({ state: "done", ...decided, doneAt: LATER, undoUntil: "2026-11-22T14:35:00.000Z" }),
    doneForGood: () => show({ state: "done", ...decided, doneAt: LATER }),
    undone: () => show({ state: "undone", ...decided }),
    declined: () => show({ state: "declined", ...decided }),
    takenBack: () => show({ state: "cancelled", decidedBy: PRIYA, decidedAt: LATER }),
  },
};
