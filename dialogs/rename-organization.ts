import type { Organization } from "../services/domain/organization.ts";
import { type RenameDeps, renameOrganization } from "../services/organizations/rename-organization.ts";
import type { OrganizationStore } from "../services/ports/stores.ts";
import { badNameWords } from "./bad-name-words.ts";
import { type Reply, type Turn, text } from "./turn.ts";

interface RenameReplyDeps extends RenameDeps {
  readonly organizations: OrganizationStore;
}

const HOW = "Type it as `rename organization Contoso to Contoso Dental`.";

/** The command `rename organization <old> to <new>`. */
export async function renameOrganizationReply(deps: RenameReplyDeps, turn: Turn, typed: string): Promise<Reply> {
  const readings = readingsOf(typed);
  const [first] = readings;
  if (first === undefined) return text(HOW);
  const found = await namedOrganization(deps, turn.account.id, readings);
  if (found === null) {
    const which =
      readings.length === 1
        ? `No organization is called "${first.from}".`
        : "None of your organizations has that name.";
    return text(`${which} \`organizations\` lists them.`);
  }
  const { organization, to } = found;
  const outcome = await renameOrganization(deps, {
    organization,
    name: to,
    by: turn.person,
    where: turn.conversation.id,
  });
  switch (outcome.kind) {
    case "renamed":
      return text(`${organization.name} is called ${outcome.organization.name} from now on.`);
    case "alreadySo":
      return text(`It is called ${organization.name} already.`);
    case "badName":
      return text(badNameWords(outcome.reason, to.length, HOW));
    case "nameTaken":
      return text(`There is an organization called ${outcome.existing.name} already; nothing was changed.`);
    case "keptByDirectory":
      return text(
        `${organization.name} is kept in step with ${outcome.directory}. Rename it there; it follows within the hour.`,
      );
    case "conflict":
      return text(
        outcome.current === null
          ? `${organization.name} is no longer in your list.`
          : `Somebody else has just renamed it to ${outcome.current.name}; nothing was changed.`,
      );
  }
}

interface Reading {
  readonly from: string;
  readonly to: string;
}

/** Every way to read "<old> to <new>", the longest old name first: names may have "to" in them themselves. */
function readingsOf(typed: string): readonly Reading[] {
  const words = typed.split(" ");
  const readings: Reading[] = [];
  for (let at = words.length - 2; at > 0; at -= 1) {
    if (words[at]?.toLowerCase() !== "to") continue;
    readings.push({ from: unquoted(words.slice(0, at).join(" ")), to: unquoted(words.slice(at + 1).join(" ")) });
  }
  return readings;
}

function unquoted(name: string): string {
  return /^["“].*["”]$/.test(name) && name.length > 2 ? name.slice(1, -1) : name;
}

async function namedOrganization(
  deps: RenameReplyDeps,
  accountId: string,
  readings: readonly Reading[],
): Promise<{ organization: Organization; to: string } | null> {
  for (const { from, to } of readings) {
    const organization = await deps.organizations.findByName(accountId, from);
    if (organization !== null) return { organization, to };
  }
  return null;
}
