import { setTimeout as pause } from "node:timers/promises";
import type { AuditRow } from "../../domain/audit.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Organization } from "../../domain/organization.ts";
import type { TenantLink } from "../../domain/tenant-link.ts";
import type { TenantSync } from "../../domain/tenant-sync.ts";
import type { LinkCreation } from "../../ports/link-outcomes.ts";
import { rowId } from "./audited-write.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { type KeptLink, type KeptTombstone, linkId, linkItem, syncItem, tombstoneId } from "./link-items.ts";
import { type LinkSettlingDeps, settleLink } from "./link-settling.ts";
import { organizationId, organizationItem } from "./organization-items.ts";

export interface CreateLinkDeps extends LinkSettlingDeps {
  /** Clears away what is left of a removal that was broken off. */
  readonly clear: (tombstone: StoredItem<KeptTombstone>) => Promise<void>;
  /** A name that no other claim has. */
  readonly newName: () => string;
}

interface Creation {
  readonly link: TenantLink;
  readonly sync: TenantSync;
  readonly audit: AuditRow;
  readonly askedAt?: Instant;
}

/** Others may be at the same tenant or organization; each round one of them comes through. */
const ROUNDS = 100;
const LONGEST_PAUSE_MS = 40;

/**
 * Creates a link in steps that each may be the last: a claim of the tenant over all accounts, the link with its sync state in
 * the account's partition, the claim held, the link settled with its audit row. Before the claim is held nothing exists; from
 * then on all of it does, whoever finishes it.
 */
export async function createLink(deps: CreateLinkDeps, creation: Creation): Promise<LinkCreation> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await tryToLink(deps, creation);
    if (outcome !== "again") return outcome;
    await pause(Math.random() * LONGEST_PAUSE_MS);
  }
  throw new Breakdown("conflict", "A tenant was connected by others again and again.", { retryable: true });
}

async function tryToLink(deps: CreateLinkDeps, creation: Creation): Promise<LinkCreation | "again"> {
  const { link, askedAt } = creation;
  const partition = accountPartition(link.accountId);
  const organization = await deps.container.read<Organization>(partition, organizationId(link.organizationId));
  if (organization === null) throw new Breakdown("conflict", "The organization is not one of this account.");
  const name = deps.newName();
  const claim = await deps.claims.take(link.tenantId, link.accountId, name);
  if (claim.kind === "busy") return "again";
  if (claim.kind === "linked") return await obstacle(deps, claim.link, link.accountId);
  // Only now: with the claim in our hands nobody else removes a link of this tenant any more.
  const tombstone = await deps.container.readNow<KeptTombstone>(partition, tombstoneId(link.tenantId));
  if (tombstone !== null && tombstone.value.clearing !== null) {
    await deps.claims.release(link.tenantId, name);
    await deps.clear(tombstone);
    return "again";
  }
  const holder = organization.keys.tenantId;
  const removed = tombstone?.value.removed;
  let refused: LinkCreation | "again" | null = null;
  if (typeof holder === "string") refused = await organizationTaken(deps, link.accountId, holder);
  else if (removed !== undefined && askedAt !== undefined && removed.removedAt >= askedAt)
    refused = { kind: "tenantRemoved", removed };
  if (refused !== null) {
    await deps.claims.release(link.tenantId, name);
    return refused;
  }
  const written = await writeUnsettled(deps, creation, organization, name);
  if (written === null) {
    await deps.claims.release(link.tenantId, name);
    return "again";
  }
  if (await settleLink(deps, written)) return { kind: "linked" };
  // Settled by another and taken off again in this very moment: it was linked all the same.
  const wasLinked = (await deps.container.readNow(partition, rowId(creation.audit))) !== null;
  return wasLinked ? { kind: "linked" } : "again";
}

/** The link of a tenant that is taken; one that is still being settled is helped along first. */
async function obstacle(
  deps: CreateLinkDeps,
  found: StoredItem<KeptLink>,
  accountId: string,
): Promise<LinkCreation | "again"> {
  const { link, unsettled } = found.value;
  if (unsettled !== null) {
    await settleLink(deps, found);
    return "again";
  }
  return link.accountId === accountId
    ? { kind: "tenantLinkedHere", organizationId: link.organizationId }
    : { kind: "tenantLinkedElsewhere" };
}

async function organizationTaken(
  deps: CreateLinkDeps,
  accountId: string,
  tenantId: string,
): Promise<LinkCreation | "again"> {
  const found = await deps.container.read<KeptLink>(accountPartition(accountId), linkId(tenantId));
  if (found === null) return "again";
  if (found.value.unsettled === null) return { kind: "organizationHasTenant", tenantId };
  await settleLink(deps, found);
  return "again";
}

async function writeUnsettled(
  deps: CreateLinkDeps,
  { link, sync, audit }: Creation,
  organization: StoredItem<Organization>,
  claim: string,
): Promise<StoredItem<KeptLink> | null> {
  const kept: KeptLink = { link, organizationName: organization.value.name, claim, unsettled: audit };
  const item = linkItem(kept);
  const result = await deps.container.write(accountPartition(link.accountId), [
    { do: "create", item },
    { do: "replace", item: organizationItem(organization.value, link.tenantId), etag: organization.etag },
    { do: "put", item: syncItem(sync, link.state === "paused") },
  ]);
  return result.kind === "stored" ? { ...item, value: kept, etag: result.etags[0] ?? "" } : null;
}
