import { isDeepStrictEqual } from "node:util";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import type { Instant } from "../../../../services/domain/instant.ts";
import type { TenantLink } from "../../../../services/domain/tenant-link.ts";
import type { TenantSync } from "../../../../services/domain/tenant-sync.ts";
import type { LinkCreation, LinkMove } from "../../../../services/ports/link-outcomes.ts";
import type { LinkStore, TenantScope, Versioned, WriteOutcome } from "../../../../services/ports/stores.ts";
import { accepts, kept, refuses, replaced, touched } from "./kept.ts";
import { change, reading, readingVersion, type Step, type StoreCall, when, writing } from "./store-call.ts";
import { audited, keyOf, linkOf, linkOfOrganization, put, type StoreState } from "./store-state.ts";

interface Creation {
  readonly link: TenantLink;
  readonly sync: TenantSync;
  readonly audit: AuditRow;
  readonly askedAt?: Instant;
}

const nameOf = ({ accountId, tenantId }: TenantScope) => `${accountId} ${tenantId}`;

export function createLink(creation: Creation): StoreCall<LinkCreation> {
  const { link, sync, audit, askedAt } = creation;
  const { accountId, tenantId, organizationId } = link;
  const key = keyOf(link);
  const holder = (state: StoreState) => linkOfOrganization(state, accountId, organizationId);
  const wasRemoved = (state: StoreState) => {
    const removedAt = state.tombstones[key]?.removedAt;
    return removedAt !== undefined && askedAt !== undefined && removedAt >= askedAt;
  };
  const isFree = (state: StoreState) =>
    state.links[tenantId] === undefined && holder(state) === undefined && state.leaving[key] === undefined;
  const linked = change(
    (state) => isFree(state) && !wasRemoved(state),
    (state) =>
      audited(
        {
          ...state,
          links: put(state.links, tenantId, kept(link)),
          syncs: put(state.syncs, tenantId, kept(sync)),
          holdings: put(state.holdings, key, { alerts: {}, deliveries: {} }),
          tombstones: put(state.tombstones, key, undefined),
        },
        [audit],
      ),
  );
  return {
    name: `link ${nameOf(link)} to ${organizationId}${askedAt === undefined ? "" : ", asked before"}`,
    run: ({ links }) => links.create(creation),
    ways: (answer) => {
      switch (answer.kind) {
        case "linked":
          return [[linked]];
        case "organizationHasTenant":
          return [[when((state) => holder(state)?.tenantId === answer.tenantId)]];
        case "tenantLinkedHere":
          return [[when((state) => linkOf(state, link)?.value.organizationId === answer.organizationId)]];
        case "tenantLinkedElsewhere":
          return [[when((state) => state.links[tenantId] !== undefined && linkOf(state, link) === undefined)]];
        case "tenantRemoved":
          return [[when((state) => wasRemoved(state) && isDeepStrictEqual(state.tombstones[key], answer.removed))]];
      }
    },
    unanswered: [[linked]],
  };
}

const rememberLink = (state: StoreState, read: StoreState["links"][string]) => ({
  ...state,
  links: put(state.links, read.value.tenantId, read),
});

export function getLink(scope: TenantScope): StoreCall<Versioned<TenantLink> | null> {
  return readingVersion(
    `get link ${nameOf(scope)}`,
    ({ links }) => links.get(scope),
    (state) => linkOf(state, scope),
    rememberLink,
  );
}

export function findByTenant(tenantId: string): StoreCall<Versioned<TenantLink> | null> {
  return readingVersion(
    `find link of ${tenantId}`,
    ({ links }) => links.findByTenant(tenantId),
    (state) => state.links[tenantId],
    rememberLink,
  );
}

export function findByOrganization(accountId: string, organizationId: string): StoreCall<TenantLink | null> {
  return reading(
    `find link of ${accountId} ${organizationId}`,
    ({ links }) => links.findByOrganization(accountId, organizationId),
    (state) => linkOfOrganization(state, accountId, organizationId) ?? null,
  );
}

export function updateLink(input: { link: TenantLink; etag: string; audit?: AuditRow }): StoreCall<WriteOutcome> {
  const { link, etag, audit } = input;
  const stored = change(
    (state) => accepts(linkOf(state, link), etag),
    (state) => {
      const before = state.links[link.tenantId];
      const sync = state.syncs[link.tenantId];
      const turned = (before?.value.state === "paused") !== (link.state === "paused");
      // A pause may be kept beside the sync state too, so that nothing falls due.
      const syncs = turned && sync !== undefined ? put(state.syncs, link.tenantId, touched(sync)) : state.syncs;
      const links = put(state.links, link.tenantId, replaced(before, link));
      return audited({ ...state, links, syncs }, audit === undefined ? [] : [audit]);
    },
  );
  return writing(
    `update link ${nameOf(link)} ${link.state} "${link.tenantName}" (${etag})`,
    ({ links }) => links.update(input),
    [stored],
    (state) => refuses(linkOf(state, link), etag),
  );
}

export function moveLink(input: Parameters<LinkStore["move"]>[0]): StoreCall<LinkMove> {
  const { link, etag, toOrganizationId, audit } = input;
  const holder = (state: StoreState) => {
    const found = linkOfOrganization(state, link.accountId, toOrganizationId);
    return found?.tenantId === link.tenantId ? undefined : found;
  };
  const moved = change(
    (state) => accepts(linkOf(state, link), etag) && holder(state) === undefined,
    (state) => {
      const value = { ...link, organizationId: toOrganizationId };
      const links = put(state.links, link.tenantId, replaced(state.links[link.tenantId], value));
      return audited({ ...state, links }, [audit]);
    },
  );
  return {
    name: `move ${nameOf(link)} to ${toOrganizationId} (${etag})`,
    run: ({ links }) => links.move(input),
    ways: (answer) => {
      switch (answer.kind) {
        case "moved":
          return [[moved]];
        case "organizationHasTenant":
          return [[when((state) => holder(state)?.tenantId === answer.tenantId)]];
        case "conflict":
          return [[when((state) => refuses(linkOf(state, link), etag))]];
      }
    },
    unanswered: [[moved]],
  };
}

export function removeLink(input: Parameters<LinkStore["remove"]>[0]): StoreCall<WriteOutcome> {
  const { scope, etag, tombstone, audit } = input;
  const key = keyOf(scope);
  const removed = change(
    (state) => accepts(linkOf(state, scope), etag),
    (state) =>
      audited(
        {
          ...state,
          links: put(state.links, scope.tenantId, undefined),
          syncs: put(state.syncs, scope.tenantId, undefined),
          settings: put(state.settings, key, undefined),
          holdings: put(state.holdings, key, undefined),
          leaving: put(state.leaving, key, state.holdings[key]),
          tombstones: put(state.tombstones, key, tombstone),
        },
        [audit],
      ),
  );
  const cleared: Step = (state) => {
    const holding = state.leaving[key];
    if (holding === undefined) return [];
    const cards = Object.values(holding.deliveries).map(({ value }) => value);
    const retired = cards
      .filter(({ activityId }) => activityId !== null)
      .reduce((all, card) => put(all, `${card.conversationId}/${card.activityId}`, key), state.retired);
    return [{ ...state, leaving: put(state.leaving, key, undefined), retired }];
  };
  return writing(
    `remove ${nameOf(scope)} (${etag})`,
    ({ links }) => links.remove(input),
    [removed, cleared],
    (state) => refuses(linkOf(state, scope), etag),
  );
}
