import type { TenantLink } from "../domain/tenant-link.ts";
import type { Announcer } from "../ports/announcer.ts";
import type { Log } from "../ports/log.ts";
import type { BindingStore, ConversationStore, OrganizationStore, RoleStore } from "../ports/stores.ts";

export interface TellAdminsDeps {
  readonly bindings: Pick<BindingStore, "list">;
  readonly conversations: Pick<ConversationStore, "get" | "personal">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly roles: Pick<RoleStore, "list">;
  readonly announcer: Announcer;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly log: Log;
}

/** Posts a notice where admin notices are bound; until a channel is, in the 1:1 chats of the admins who have opened the bot. */
export async function tellAdmins(
  deps: TellAdminsDeps,
  input: { accountId: string; title: string; text: string },
): Promise<void> {
  const { accountId, title, text } = input;
  for (const conversation of await noticePlaces(deps, accountId)) {
    const outcome = await deps.announcer.post({ conversation, announcement: { kind: "notice", title, text } });
    if (outcome.kind !== "shown") {
      deps.log.warn("An admin notice was not shown.", { conversationId: conversation.id, outcome: outcome.kind });
    }
  }
}

/** Tells that a tenant's state has changed: what happened, what it means, what to do. */
export async function tellTenantState(deps: TellAdminsDeps, before: TenantLink, after: TenantLink): Promise<void> {
  const organization = await deps.organizations.get(after.accountId, after.organizationId);
  const name = organization?.name ?? after.tenantName;
  const well = after.state === "connected";
  const title = `${name} ${stateTitle(after.state)}`;
  const text = well
    ? `Alerts of ${after.tenantName} are read again. What came meanwhile is found and shown.`
    : (after.trouble?.sentence ?? "Its alerts cannot be read.");
  deps.log.info("A tenant's state changed.", { tenantId: after.tenantId, before: before.state, after: after.state });
  // From one trouble to another nothing new has stopped, unless the tenant was still read: its card names what it is now.
  if (before.state !== "connected" && !well && isRead(before) === isRead(after)) return;
  await tellAdmins(deps, { accountId: after.accountId, title, text });
}

/** Without some permissions a tenant is read all the same. */
function isRead({ state }: TenantLink): boolean {
  return state === "connected" || state === "permissionsMissing";
}

function stateTitle(state: TenantLink["state"]): string {
  switch (state) {
    case "connected":
      return "is being watched again";
    case "permissionsMissing":
      return "lacks permissions";
    case "defenderNotAvailable":
      return "has no working Defender for Endpoint";
    default:
      return "is not being watched";
  }
}

/** Where admin notices go: the bound conversations, or until there is one the 1:1 chats of the admins. */
export async function noticePlaces(deps: TellAdminsDeps, accountId: string) {
  const bindings = (await deps.bindings.list(accountId, "notices")).filter(
    ({ pausedBecause }) => pausedBecause === null,
  );
  if (bindings.length > 0) {
    const bound = await Promise.all(
      bindings.map(({ conversationId }) => deps.conversations.get(accountId, conversationId)),
    );
    return bound.filter((conversation) => conversation !== null);
  }
  const granted = (await deps.roles.list(accountId))
    .filter(({ role }) => role === "admin")
    .map(({ person }) => person.id);
  const admins = new Set([...deps.configuredAdmins, ...granted]);
  const chats = await Promise.all([...admins].map((personId) => deps.conversations.personal(accountId, personId)));
  return chats.filter((conversation) => conversation !== null);
}
