import type { CardAction } from "../cards/card-action.ts";
import { countWords } from "../cards/count-words.ts";
import { noticeCard } from "../cards/notice-card.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import { cancelImport, confirmImport } from "../services/organizations/import-organizations.ts";

type ImportClick = Extract<CardAction, { verb: `import.${string}` }>;

const GONE =
  "This preview is over: it was stopped, or is older than an hour. Say `import organizations` to begin again.";

/** Confirm or Cancel on the preview of an import; only the person who asked for it can answer it. */
export async function answerImportClick(deps: DialogDeps, turn: Turn, click: ImportClick): Promise<Reply> {
  const { importId } = click;
  const accountId = turn.account.id;
  if (click.verb === "import.cancel") {
    const cancelled = await cancelImport(deps, { accountId, personId: turn.person.id, importId });
    return cancelled ? notice("Nothing was imported", "Say `import organizations` to begin again.") : text(GONE);
  }
  const outcome = await confirmImport(deps, { accountId, importId, by: turn.person, where: turn.conversation.id });
  switch (outcome.kind) {
    case "gone":
      return text(GONE);
    case "doneBefore":
      return text(`This import is done: ${countWords(outcome.added, "organization")} added.`);
    case "done": {
      const { added, existed } = outcome;
      const others = existed === 0 ? "" : ` ${countWords(existed, "name")} had been added in the meantime.`;
      const title = `${countWords(added, "organization")} ${added === 1 ? "is" : "are"} added`;
      return notice(title, `Say \`connect tenant\` to connect the tenant of one.${others}`);
    }
  }
}

/** For everybody: it takes the place of the card, also where the client has stopped waiting for an answer. */
function notice(title: string, sentence: string): Reply {
  return { kind: "card", rendered: noticeCard({ title, text: sentence }), everyone: true };
}
