import { z } from "zod";
import type { Severity } from "../services/domain/alert.ts";
import type { BindingKind } from "../services/domain/conversation.ts";
import type { Instant } from "../services/domain/instant.ts";
import type { Role } from "../services/domain/role.ts";

export type SwitchChoice = "inherit" | "on" | "off";
export type SourcesChoice = "inherit" | "defenderForEndpoint" | "all";

/** What the settings card sends; "inherit" only at tenant level. */
export interface SettingChoices {
  readonly autoResolve: SwitchChoice;
  readonly comment: SwitchChoice;
  readonly holdWhileActive: SwitchChoice;
  readonly upToSeverity: "inherit" | Severity;
  readonly sources: SourcesChoice;
}

interface MoveTargetData {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly newOrganization: string | null;
}

/** Every click a card can send. What a card carries is only a hint: the server decides what the person may do. */
export type CardAction =
  | {
      readonly verb: "alert.claim" | "alert.reopen" | "alert.show";
      readonly tenantId: string;
      readonly alertId: string;
    }
  | {
      readonly verb: "connect.map";
      readonly organizationId: string | null;
      readonly newOrganization: string | null;
      readonly domain: string | null;
    }
  | { readonly verb: "connect.cancel" }
  /** The next choices, or those whose name contains the text; what was typed already is kept. */
  | {
      readonly verb: "connect.find";
      readonly filter: string;
      readonly offset: number;
      readonly newOrganization: string | null;
      readonly domain: string | null;
    }
  | { readonly verb: "import.confirm" | "import.cancel"; readonly importId: string }
  | { readonly verb: "links.make" | "links.cancel"; readonly listId: string }
  /** Names the tenant that was shown, so that nobody confirms one they have not seen. */
  | { readonly verb: "consent.confirm"; readonly journeyId: string; readonly tenantId: string }
  | { readonly verb: "consent.reject" | "consent.cancel" | "consent.renew"; readonly journeyId: string }
  | { readonly verb: "settings.open"; readonly tenantId: string | null }
  | {
      readonly verb: "settings.save";
      readonly tenantId: string | null;
      readonly values: SettingChoices;
      /** What the card was preset to; what is still so was not meant to be changed. Null: an older card. */
      readonly shown: SettingChoices | null;
      readonly seenAt: Instant | null;
    }
  | {
      readonly verb: "tenants.page" | "alerts.page" | "organizations.page" | "audit.page" | "roles.page";
      readonly offset: number;
      readonly filter: string;
    }
  | {
      readonly verb:
        | "tenant.open"
        | "tenant.sync"
        | "tenant.check"
        | "tenant.pause"
        | "tenant.resume"
        | "tenant.remove"
        | "tenant.export"
        | "older.review"
        | "older.resolveAll"
        | "older.resolveAllConfirmed";
      readonly tenantId: string;
    }
  /** Names the link that was shown: one made since is not removed by it. */
  | {
      readonly verb: "tenant.removeConfirmed";
      readonly tenantId: string;
      readonly organizationId: string | null;
      readonly linkedAt: string | null;
    }
  | ({ readonly verb: "move.choose" } & MoveTargetData)
  | ({ readonly verb: "move.request" } & MoveTargetData)
  | { readonly verb: "move.begin"; readonly tenantId: string }
  | { readonly verb: "tenant.consentAgain"; readonly tenantId: string }
  | { readonly verb: "move.approve" | "move.decline" | "move.cancel" | "move.undo"; readonly moveId: string }
  | { readonly verb: "channel.bind"; readonly bindingKind: BindingKind; readonly membersAreAnalysts: boolean }
  | { readonly verb: "channel.unbind"; readonly bindingKind: BindingKind }
  | {
      readonly verb: "roles.grant";
      /** Who the People Picker gave, and what was typed instead; ids or sign-in names. */
      readonly picked: string | null;
      readonly typed: string | null;
      readonly role: Role;
      readonly seenAt: Instant | null;
    }
  | {
      readonly verb: "roles.revoke";
      readonly personId: string;
      readonly personName: string;
      /** When the card was made: what others changed since is told instead. */
      readonly seenAt: Instant | null;
    }
  | { readonly verb: "command.run"; readonly words: string };

export type CardVerb = CardAction["verb"];

const id = z.string().min(1).max(300);
const optionalText = (limit: number) =>
  z
    .string()
    .max(limit)
    .nullish()
    .transform((text) => (text?.trim() ? text.trim() : null));
const level = optionalText(300);
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]);
const bindingKind = z.enum(["alerts", "notices"]);
const choice = z.enum(["inherit", "on", "off"]);

const alert = z.object({ tenantId: id, alertId: id });
const journey = z.object({ journeyId: id });
const confirmation = z.object({ journeyId: id, tenantId: id });
const tenant = z.object({ tenantId: id });
/** A moment as we write it; a card that carries another is not ours, or too old to matter. */
const seenAt = z.iso
  .datetime({ precision: 3 })
  .nullish()
  .catch(null)
  .transform((moment) => moment ?? null);
const roleGrant = z.object({
  picked: optionalText(2_000),
  typed: optionalText(300),
  role: z.enum(["viewer", "analyst", "admin"]),
  seenAt,
});
const roleRevocation = z.object({ personId: id, personName: z.string().max(300).catch("Somebody"), seenAt });
const removal = z.object({ tenantId: id, organizationId: optionalText(300), linkedAt: seenAt });
const move = z.object({ moveId: id });
const moveTarget = z.object({ tenantId: id, organizationId: optionalText(300), newOrganization: optionalText(500) });
const page = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  filter: z
    .string()
    .max(500)
    .nullish()
    .transform((text) => text?.trim() ?? ""),
});
const map = z.object({
  organizationId: optionalText(300),
  newOrganization: optionalText(500),
  domain: optionalText(253),
});
const find = page.extend({ newOrganization: optionalText(500), domain: optionalText(253) });
const connectionList = z.object({ listId: id });
const organizationImport = z.object({ importId: id });
const choices = {
  autoResolve: choice,
  comment: choice,
  holdWhileActive: choice,
  upToSeverity: z.enum(["inherit", "informational", "low", "medium", "high"]),
  sources: z.enum(["inherit", "defenderForEndpoint", "all"]),
};
const save = z
  .object({
    tenantId: level,
    ...choices,
    shown: z
      .object(choices)
      .nullish()
      .catch(null)
      .transform((shown) => shown ?? null),
    seenAt,
  })
  .refine((data) => data.tenantId !== null || !Object.values(data).includes("inherit"))
  .transform(({ tenantId, shown, seenAt: moment, ...values }) => ({ tenantId, values, shown, seenAt: moment }));

function namesOneOrganization({ organizationId, newOrganization }: MoveTargetData): boolean {
  return (organizationId === null) !== (newOrganization === null);
}

const PARSERS: { readonly [Verb in CardVerb]: (data: unknown) => CardAction | null } = {
  "alert.claim": (data) => read("alert.claim", alert, data),
  "alert.reopen": (data) => read("alert.reopen", alert, data),
  "alert.show": (data) => read("alert.show", alert, data),
  "connect.map": (data) => read("connect.map", map, data),
  "connect.cancel": (data) => read("connect.cancel", z.object({}), data),
  "connect.find": (data) => read("connect.find", find, data),
  "import.confirm": (data) => read("import.confirm", organizationImport, data),
  "import.cancel": (data) => read("import.cancel", organizationImport, data),
  "links.make": (data) => read("links.make", connectionList, data),
  "links.cancel": (data) => read("links.cancel", connectionList, data),
  "consent.confirm": (data) => read("consent.confirm", confirmation, data),
  "consent.reject": (data) => read("consent.reject", journey, data),
  "consent.cancel": (data) => read("consent.cancel", journey, data),
  "consent.renew": (data) => read("consent.renew", journey, data),
  "settings.open": (data) => read("settings.open", z.object({ tenantId: level }), data),
  "settings.save": (data) => read("settings.save", save, data),
  "tenants.page": (data) => read("tenants.page", page, data),
  "alerts.page": (data) => read("alerts.page", page, data),
  "organizations.page": (data) => read("organizations.page", page, data),
  "tenant.open": (data) => read("tenant.open", tenant, data),
  "tenant.sync": (data) => read("tenant.sync", tenant, data),
  "tenant.check": (data) => read("tenant.check", tenant, data),
  "tenant.consentAgain": (data) => read("tenant.consentAgain", tenant, data),
  "tenant.pause": (data) => read("tenant.pause", tenant, data),
  "tenant.resume": (data) => read("tenant.resume", tenant, data),
  "tenant.remove": (data) => read("tenant.remove", tenant, data),
  "tenant.removeConfirmed": (data) => read("tenant.removeConfirmed", removal, data),
  "tenant.export": (data) => read("tenant.export", tenant, data),
  "move.begin": (data) => read("move.begin", tenant, data),
  "move.choose": (data) => read("move.choose", moveTarget, data),
  "move.request": (data) => read("move.request", moveTarget.refine(namesOneOrganization), data),
  "move.approve": (data) => read("move.approve", move, data),
  "move.decline": (data) => read("move.decline", move, data),
  "move.cancel": (data) => read("move.cancel", move, data),
  "move.undo": (data) => read("move.undo", move, data),
  "older.review": (data) => read("older.review", tenant, data),
  "older.resolveAll": (data) => read("older.resolveAll", tenant, data),
  "older.resolveAllConfirmed": (data) => read("older.resolveAllConfirmed", tenant, data),
  "channel.bind": (data) => read("channel.bind", z.object({ bindingKind, membersAreAnalysts: flag }), data),
  "channel.unbind": (data) => read("channel.unbind", z.object({ bindingKind }), data),
  "audit.page": (data) => read("audit.page", page, data),
  "roles.page": (data) => read("roles.page", page, data),
  "roles.grant": (data) => read("roles.grant", roleGrant, data),
  "roles.revoke": (data) => read("roles.revoke", roleRevocation, data),
  "command.run": (data) => read("command.run", z.object({ words: z.string().trim().min(1).max(500) }), data),
};

/**
 * Reads what a click sent: `verb` of Action.Execute, or the one in the data of its Action.Submit fallback, and the data
 * with the card's inputs. Null for an unknown verb or data that does not fit it; never throws.
 */
export function parseCardAction(verb: unknown, data: unknown): CardAction | null {
  if (typeof verb !== "string" || !Object.hasOwn(PARSERS, verb)) return null;
  return PARSERS[verb as CardVerb](data ?? {});
}

function read<Verb extends CardVerb, Data>(
  verb: Verb,
  schema: z.ZodType<Data>,
  data: unknown,
): (Data & { readonly verb: Verb }) | null {
  const result = schema.safeParse(data);
  return result.success ? { ...result.data, verb } : null;
}
