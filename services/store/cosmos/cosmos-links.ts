import { randomUUID } from "node:crypto";
import { searched } from "../../domain/search-text.ts";
import type { TenantLink, TenantState } from "../../domain/tenant-link.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LinkStore, TenantScope, Versioned } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import { changeLink } from "./change-link.ts";
import { clearTenant } from "./clear-tenant.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { createLink } from "./create-link.ts";
import { dueKeys, scopesOf } from "./due-keys.ts";
import { amongTexts } from "./item-query.ts";
import type { KeptLink } from "./link-items.ts";
import { organizationId as organizationItemId } from "./organization-items.ts";
import { removeLink } from "./remove-link.ts";
import { settledLink } from "./settled-link.ts";
import { tenantClaims } from "./tenant-claim.ts";

const STATES: readonly TenantState[] = [
  "connected",
  "permissionsMissing",
  "consentRevoked",
  "defenderNotAvailable",
  "credentialFailing",
  "notAnswering",
  "paused",
];

export interface LinkDeps {
  readonly container: CosmosContainer;
  readonly writeAudit: AuditedWrite;
  readonly clock: Clock;
  readonly accountIds: readonly string[];
}

/** Links in their account's partition, each on a claim of its tenant (tenant-claim.ts), found by organization through that. */
export function cosmosLinks(deps: LinkDeps): LinkStore {
  const { container, accountIds } = deps;
  const claims = tenantClaims(container, deps.clock);
  const withClaims = { ...deps, claims };

  const settled = (scope: TenantScope) => settledLink(container, scope);
  const listing = (accountId: string, text: string | undefined) => ({
    partition: accountPartition(accountId),
    kind: "link" as const,
    where: ["k.settled = true", ...(searched(text) === "" ? [] : ["CONTAINS(k.search, @text)"])],
    values: { text: searched(text) },
  });

  return {
    create: (creation) =>
      createLink(
        { ...withClaims, clear: (tombstone) => clearTenant(withClaims, tombstone), newName: randomUUID },
        creation,
      ),
    get: async (scope) => versioned(await settled(scope)),
    findByOrganization: async (accountId, organizationId) => {
      const organization = await container.read(accountPartition(accountId), organizationItemId(organizationId));
      const tenantId = organization?.keys.tenantId;
      if (typeof tenantId !== "string") return null;
      const link = (await settled({ accountId, tenantId }))?.value.link;
      // Moved between the two reads: for a moment the organization had none.
      return link?.organizationId === organizationId ? link : null;
    },
    findByTenant: async (tenantId) => {
      const claim = (await claims.get(tenantId))?.value;
      if (claim?.state !== "held") return null;
      return versioned(await settled({ accountId: claim.accountId, tenantId }));
    },
    dueToCheck: async ({ now, limit }) => scopesOf(await dueKeys(container, accountIds, { kind: "link", now, limit })),
    update: async ({ link, etag, audit }) => {
      const rows = audit === undefined ? [] : [audit];
      return (await changeLink(withClaims, { link, etag, audit: rows })).kind === "moved" ? "stored" : "conflict";
    },
    move: ({ link, etag, toOrganizationId, audit }) =>
      changeLink(withClaims, { link: { ...link, organizationId: toOrganizationId }, etag, audit: [audit] }),
    list: async ({ accountId, text, states, offset, limit }) => {
      const { where, values, ...place } = listing(accountId, text);
      const among = states === undefined ? { where: [], values: {} } : amongTexts("k.state", states);
      const conditions = { where: [...where, ...among.where], values: { ...values, ...among.values } };
      const query = { ...place, ...conditions, orderBy: ["nameKey"], skip: offset, take: limit };
      return (await container.find<KeptLink>(query)).map(({ value: { link, organizationName } }) => ({
        link,
        organizationName,
      }));
    },
    countByState: async ({ accountId, text }) => {
      const { where, values, ...query } = listing(accountId, text);
      const counts = await Promise.all(
        STATES.map(async (state) => {
          const count = await container.count({
            ...query,
            where: [...where, "k.state = @state"],
            values: { ...values, state },
          });
          return count === 0 ? [] : [[state, count] as const];
        }),
      );
      return Object.fromEntries(counts.flat());
    },
    remove: (removal) => removeLink(withClaims, removal),
  };
}

function versioned(found: StoredItem<KeptLink> | null): Versioned<TenantLink> | null {
  return found === null ? null : { value: found.value.link, etag: found.etag };
}
