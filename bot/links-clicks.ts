import type { CardAction } from "../cards/card-action.ts";
import { connectListWords } from "../cards/connect-list-words.ts";
import { downloadCard } from "../cards/download-card.ts";
import { noticeCard } from "../cards/notice-card.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import { createDownload } from "../services/exports/create-download.ts";
import { makeConnections } from "../services/tenants/make-connections.ts";
import { cancelList } from "../services/tenants/prepare-connections.ts";

type LinksClick = Extract<CardAction, { verb: `links.${string}` }>;

const GONE = "This preview is over: it was stopped, or is older than an hour. Say `connect tenants` to begin again.";

/** Make links or Cancel on the preview of `connect tenants`; only the person who asked for it can answer it, in 1:1. */
export async function answerLinksClick(deps: DialogDeps, turn: Turn, click: LinksClick): Promise<Reply> {
  const { listId } = click;
  const accountId = turn.account.id;
  if (click.verb === "links.cancel") {
    const cancelled = await cancelList(deps, { accountId, personId: turn.person.id, listId });
    if (!cancelled) return text(GONE);
    return everyone(noticeCard({ title: "No link was made", text: "Say `connect tenants` to begin again." }));
  }
  const { person: by, conversation } = turn;
  const outcome = await makeConnections(deps, { accountId, listId, by, conversationId: conversation.id });
  switch (outcome.kind) {
    case "gone":
      return text(GONE);
    case "underWay":
      return text("These links are being made. The card follows when it is done.");
    case "made": {
      const request = { kind: "consent-links-csv" as const, rows: outcome.rows };
      const where = conversation.id;
      const { url, endsAt } = await createDownload(deps, { accountId, tenantId: null, request, by, where });
      return everyone(downloadCard({ title: "Consent links", text: connectListWords(outcome.rows), url, endsAt }));
    }
  }
}

/** It takes the place of the preview, also where the client has stopped waiting for an answer. */
function everyone(rendered: ReturnType<typeof noticeCard>): Reply {
  return { kind: "card", rendered, everyone: true };
}
