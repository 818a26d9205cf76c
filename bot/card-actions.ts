import type { TurnContext } from "botbuilder";
import type { CardAction, CardVerb } from "../cards/card-action.ts";
import { bindConversation, unbindConversation } from "../dialogs/bind-conversation.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import type { RootDialog } from "../dialogs/root-dialog.ts";
import { sendConsentAgain } from "../dialogs/send-consent-again.ts";
import { showAlerts } from "../dialogs/show-alerts.ts";
import { showAudit } from "../dialogs/show-audit.ts";
import { showOrganizations } from "../dialogs/show-organizations.ts";
import { showRoles } from "../dialogs/show-roles.ts";
import { showSettings } from "../dialogs/show-settings.ts";
import { showTenants } from "../dialogs/show-tenants.ts";
import { type Reply, type ReplySink, type Turn, text } from "../dialogs/turn.ts";
import { authorize, type Deed, refusal } from "../services/access/authorize.ts";
import { answerAlertClick } from "./alert-clicks.ts";
import { answerConsentClick } from "./consent-clicks.ts";
import { answerImportClick } from "./import-clicks.ts";
import { answerLinksClick } from "./links-clicks.ts";
import { answerMoveClick } from "./move-clicks.ts";
import { answerRoleClick } from "./role-clicks.ts";
import { saveSettings } from "./settings-clicks.ts";
import { answerTenantClick } from "./tenant-clicks.ts";

/** What each click needs; `command.run` is judged as the command it runs. */
const DEEDS: Readonly<Record<CardVerb, Deed>> = {
  "alert.claim": "actOnAlerts",
  "alert.reopen": "actOnAlerts",
  "alert.show": "readAlerts",
  "connect.map": "connectTenants",
  "connect.cancel": "connectTenants",
  "connect.find": "connectTenants",
  "import.confirm": "manageOrganizations",
  "import.cancel": "manageOrganizations",
  "links.make": "connectTenants",
  "links.cancel": "connectTenants",
  "consent.confirm": "connectTenants",
  "consent.reject": "connectTenants",
  "consent.cancel": "connectTenants",
  "consent.renew": "connectTenants",
  "settings.open": "readSettings",
  "settings.save": "changeSettings",
  "tenants.page": "readTenants",
  "alerts.page": "readAlerts",
  "organizations.page": "readTenants",
  "tenant.open": "readTenants",
  "tenant.sync": "manageTenants",
  "tenant.check": "manageTenants",
  "tenant.consentAgain": "connectTenants",
  "tenant.pause": "manageTenants",
  "tenant.resume": "manageTenants",
  "tenant.remove": "manageTenants",
  "tenant.removeConfirmed": "manageTenants",
  "tenant.export": "manageTenants",
  "move.begin": "manageTenants",
  "move.choose": "manageTenants",
  "move.request": "manageTenants",
  "move.approve": "manageTenants",
  "move.decline": "manageTenants",
  "move.cancel": "manageTenants",
  "move.undo": "manageTenants",
  "older.review": "readAlerts",
  "older.resolveAll": "manageTenants",
  "older.resolveAllConfirmed": "manageTenants",
  "channel.bind": "bindChannels",
  "channel.unbind": "bindChannels",
  "audit.page": "readAudit",
  "roles.page": "readRoles",
  "roles.grant": "manageRoles",
  "roles.revoke": "manageRoles",
  "command.run": "help",
};

/** The way of a click: parsed by the caller, authorized by who clicked, carried out, answered with a fresh card. */
export async function answerClick(
  deps: DialogDeps & { root: RootDialog },
  input: { context: TurnContext; turn: Turn; replies: ReplySink; click: CardAction },
): Promise<void> {
  const { context, turn, replies, click } = input;
  const authorization = authorize(turn.role, DEEDS[click.verb]);
  if (authorization.kind === "denied") return await replies.say(text(refusal(authorization)));
  switch (click.verb) {
    case "connect.map":
    case "connect.cancel":
    case "connect.find":
      return await deps.root.clicked(context, turn, replies, click);
    case "move.begin":
      return await deps.root.moveTenant(context, turn, replies, click);
    case "move.choose":
      return await deps.root.targetChosen(context, turn, replies, click);
    case "tenant.consentAgain":
      return await deps.root.sayAlone(turn, replies, (personal) => sendConsentAgain(deps, personal, click));
    case "links.make":
    case "links.cancel":
      return await deps.root.sayAlone(turn, replies, (personal) => answerLinksClick(deps, personal, click));
    case "command.run":
      return await deps.root.hear(context, turn, replies, click.words);
    default:
      return await replies.say(await replyTo(deps, turn, click));
  }
}

type RepliedClick = Exclude<
  CardAction,
  {
    verb:
      | "connect.map"
      | "connect.cancel"
      | "connect.find"
      | "command.run"
      | "move.begin"
      | "move.choose"
      | "tenant.consentAgain"
      | "links.make"
      | "links.cancel";
  }
>;

async function replyTo(deps: DialogDeps, turn: Turn, click: RepliedClick): Promise<Reply> {
  switch (click.verb) {
    case "alert.claim":
    case "alert.reopen":
    case "alert.show":
      return await answerAlertClick(deps, turn, click);
    case "consent.confirm":
    case "consent.reject":
    case "consent.cancel":
    case "consent.renew":
      return await answerConsentClick(deps, turn, click);
    case "settings.open":
      return await showSettings(deps, turn, click);
    case "settings.save":
      return await saveSettings(deps, turn, click);
    case "tenants.page":
      return await showTenants(deps, turn, click);
    case "alerts.page":
      return await showAlerts(deps, turn, click);
    case "organizations.page":
      return await showOrganizations(deps, turn, click);
    case "audit.page":
      return await showAudit(deps, turn, click);
    case "roles.page":
      return await showRoles(deps, turn, click);
    case "roles.grant":
    case "roles.revoke":
      return await answerRoleClick(deps, turn, click);
    case "import.confirm":
    case "import.cancel":
      return await answerImportClick(deps, turn, click);
    case "move.request":
    case "move.approve":
    case "move.decline":
    case "move.cancel":
    case "move.undo":
      return await answerMoveClick(deps, turn, click);
    case "channel.bind":
      return await bindConversation(deps, turn, {
        kind: click.bindingKind,
        membersAreAnalysts: click.membersAreAnalysts,
      });
    case "channel.unbind":
      return await unbindConversation(deps, turn, click.bindingKind);
    case "tenant.open":
    case "tenant.sync":
    case "tenant.check":
    case "tenant.pause":
    case "tenant.resume":
    case "tenant.remove":
    case "tenant.removeConfirmed":
    case "older.review":
    case "older.resolveAll":
    case "older.resolveAllConfirmed":
    case "tenant.export":
      return await answerTenantClick(deps, turn, click);
  }
}
