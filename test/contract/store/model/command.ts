import fc from "fast-check";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import { covers, type Role } from "../../../../services/domain/role.ts";
import type { TenantScope } from "../../../../services/ports/stores.ts";
import {
  A,
  at,
  auditRow,
  delivery,
  link,
  organization,
  ROBIN,
  record,
  removal,
  START,
  sync,
} from "../store-samples.ts";
import { appendAudit, getSettings, putRole, putSettings, readRoles, removeRole, SWEEP } from "./account-calls.ts";
import {
  createLink,
  findByOrganization,
  findByTenant,
  getLink,
  moveLink,
  removeLink,
  updateLink,
} from "./link-calls.ts";
import { ACCOUNTS, ALERTS, LATER, NAMES, ORGANIZATIONS, PERSONS, TENANTS } from "./model-world.ts";
import { addOrganization, findByName, getOrganization, renameOrganization } from "./organization-calls.ts";
import { cardsOf, getAlert, getSync, putCard, storePage, updateAlert, updateSync } from "./tenant-calls.ts";
import type { Worker } from "./worker.ts";

/** What somebody does with the stores: mostly a read and a write that is decided on it. */
export interface Command extends TenantScope {
  readonly kind: CommandKind;
  readonly organizationId: string;
  readonly name: string;
  readonly alertId: string;
  readonly personId: string;
  /** What it writes is decided on what is there now; else on what the worker read last, which may be old. */
  readonly fresh: boolean;
  readonly flag: boolean;
  /** Turns of the event loop that it waits before. */
  readonly turns: number;
}

type Carrying = (worker: Worker, command: Command, audit: AuditRow) => Promise<unknown>;

type CommandKind =
  | "add organization"
  | "rename organization"
  | "link"
  | "change link"
  | "move"
  | "remove"
  | "find"
  | "read goes on"
  | "store page"
  | "settle alert"
  | "post card"
  | "change settings"
  | "grant"
  | "revoke"
  | "append"
  | "sweep";

const COMMANDS: Readonly<Record<CommandKind, Carrying>> = {
  "add organization": (worker, { accountId, name }) =>
    worker.does(addOrganization(organization({ accountId, id: `o-${worker.newName()}`, name }))),
  "rename organization": async (worker, { accountId, organizationId, name, fresh }, audit) => {
    const before = await worker.reads(getOrganization(accountId, organizationId), fresh);
    if (before) await worker.does(renameOrganization({ before, after: { ...before, name }, audit }));
  },
  link: (worker, { flag, ...command }, audit) => {
    const made = link({ ...scopeOf(command), organizationId: command.organizationId, tenantName: worker.newName() });
    const creation = { link: made, sync: sync(made), audit };
    return worker.does(createLink(flag ? { ...creation, askedAt: START } : creation));
  },
  "change link": async (worker, command, audit) => {
    const found = await worker.reads(getLink(scopeOf(command)), command.fresh);
    if (!found) return;
    const state = command.flag ? "paused" : "connected";
    const changed = { ...found.value, state, tenantName: worker.newName() } as const;
    await worker.does(updateLink({ link: changed, etag: found.etag, ...(command.flag ? { audit } : {}) }));
  },
  move: async (worker, command, audit) => {
    const found = await worker.reads(getLink(scopeOf(command)), command.fresh);
    if (!found) return;
    const to = { toOrganizationId: command.organizationId, audit };
    await worker.does(moveLink({ link: found.value, etag: found.etag, ...to }));
  },
  remove: async (worker, command, audit) => {
    const scope = scopeOf(command);
    const found = await worker.reads(getLink(scope), command.fresh);
    if (found) await worker.does(removeLink({ ...removal(scope, audit), etag: found.etag }));
  },
  find: async (worker, { accountId, tenantId, organizationId, name }) => {
    await worker.does(findByTenant(tenantId));
    await worker.does(findByOrganization(accountId, organizationId));
    await worker.does(findByName(accountId, name));
  },
  "read goes on": async (worker, command) => {
    const found = await worker.reads(getSync(scopeOf(command)), command.fresh);
    if (!found) return;
    await worker.does(updateSync({ sync: { ...found.value, lastTriedAt: stamp(worker) }, etag: found.etag }));
  },
  "store page": async (worker, command) => {
    const scope = scopeOf(command);
    const last = command.flag ? await worker.reads(getSync(scope), command.fresh) : undefined;
    const ids = command.turns % 2 === 0 ? [command.alertId] : ALERTS;
    const records = [];
    for (const id of ids) {
      const found = await worker.reads(getAlert(scope, id), command.fresh);
      const item = found?.value ?? record(scope, { id });
      records.push({ record: { ...item, confirmedAt: stamp(worker) }, etag: found?.etag ?? null });
    }
    const page = { scope, records };
    const watermark = stamp(worker);
    const ending = last ? { sync: { sync: { ...last.value, watermark }, etag: last.etag } } : {};
    await worker.does(storePage({ ...page, ...ending }));
  },
  "settle alert": async (worker, command, audit) => {
    const found = await worker.reads(getAlert(scopeOf(command), command.alertId), command.fresh);
    if (!found) return;
    const status = command.flag ? "resolved" : "new";
    const settled = { ...found.value, alert: { ...found.value.alert, status }, confirmedAt: stamp(worker) } as const;
    const { accountId, tenantId } = command;
    const row = { ...audit, accountId, tenantId, verb: "alert.resolve" };
    const rows = command.flag ? [row, { ...row, id: `${row.id}-outcome` }] : [];
    await worker.does(updateAlert({ record: settled, etag: found.etag, audit: rows }));
  },
  "post card": async (worker, command) => {
    const scope = scopeOf(command);
    const cards = await worker.reads(cardsOf(scope, command.alertId), command.fresh);
    if (cards === undefined) return;
    const etag = cards[0]?.etag ?? null;
    const shown = { state: "posted", activityId: `m-${worker.newName()}` } as const;
    const changed = { ...(command.flag ? shown : {}), changedAt: stamp(worker) };
    await worker.does(putCard({ delivery: delivery(scope, command.alertId, changed), etag }));
  },
  "change settings": async (worker, { accountId, tenantId, flag, fresh }, audit) => {
    const level = { accountId, tenantId: flag ? tenantId : null };
    const found = await worker.reads(getSettings(level), fresh);
    if (!found) return;
    const settings = { sources: { value: [worker.newName()], setBy: ROBIN, setAt: START } };
    await worker.does(putSettings({ level, settings, etag: found.etag, audit: [audit] }));
  },
  grant: async (worker, { accountId, personId, flag, fresh }, audit) => {
    const found = await worker.reads(readRoles(accountId), fresh);
    if (!found) return;
    const role: Role = flag || found.value.length === 0 ? "admin" : "viewer";
    const person = { ...ROBIN, id: personId, name: personId };
    const others = found.value.filter((each) => each.person.id !== personId);
    // As the product does: the last admin stays one.
    if (role !== "admin" && !others.some((each) => covers(each.role, "admin"))) return;
    const grant = { accountId, person, role, grantedBy: ROBIN, grantedAt: START };
    await worker.does(putRole({ grant, etag: found.etag, audit }));
  },
  revoke: async (worker, { accountId, personId, fresh }, audit) => {
    const found = await worker.reads(readRoles(accountId), fresh);
    const others = found?.value.filter((each) => each.person.id !== personId);
    if (!found || !others?.some((each) => covers(each.role, "admin"))) return;
    await worker.does(removeRole({ accountId, personId, etag: found.etag, audit }));
  },
  append: (worker, { flag }, audit) =>
    worker.does(appendAudit(flag ? [audit, { ...audit, id: `${audit.id}-outcome` }] : [audit])),
  sweep: (worker) => worker.does(SWEEP),
};

function scopeOf({ accountId, tenantId }: TenantScope): TenantScope {
  return { accountId, tenantId };
}

/** A moment that no other value has. */
function stamp(worker: Worker): string {
  return `${START} ${worker.newName()}`;
}

/** Carries out a command; what the stores answer stands in the worker's transcript. */
export async function carryOut(worker: Worker, command: Command): Promise<void> {
  await worker.waits(command.turns);
  const { accountId, flag, kind } = command;
  const when = command.turns === 0 ? LATER : at(0);
  const row = auditRow({ accountId, id: `row-${worker.newName()}`, at: when, verb: kind, after: String(flag) });
  await COMMANDS[kind](worker, command, row);
}

const KINDS: readonly Command["kind"][] = [
  ...(Object.keys(COMMANDS) as Command["kind"][]),
  ...(["link", "link", "link", "store page", "store page", "post card", "remove", "move", "grant", "revoke"] as const),
];

/** The command as it is about the first of all. */
export function firstOf(kind: Command["kind"]): Command {
  const ids = { organizationId: ORGANIZATIONS[0], alertId: ALERTS[0], personId: PERSONS[0], name: NAMES[0] };
  return { kind, accountId: A, tenantId: TENANTS[0], ...ids, fresh: true, flag: false, turns: 1 };
}

export const anyCommand: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...KINDS),
  accountId: fc.constantFrom(A, ...ACCOUNTS),
  tenantId: fc.constantFrom(TENANTS[0], ...TENANTS),
  organizationId: fc.constantFrom(...ORGANIZATIONS),
  name: fc.constantFrom(...NAMES),
  alertId: fc.constantFrom(...ALERTS),
  personId: fc.constantFrom(...PERSONS),
  fresh: fc.boolean(),
  flag: fc.boolean(),
  turns: fc.nat(3),
});
