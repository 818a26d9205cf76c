import { Breakdown } from "../../domain/breakdown.ts";
import type { ConsentJourney } from "../../domain/consent-journey.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConsentStore, Versioned } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import { consentId, consentItem, isOpen, isSame, keysOf, tenantsOf } from "./consent-items.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { cosmosReferences, type ReferenceKey } from "./cosmos-references.ts";
import { dueKeys } from "./due-keys.ts";
import { journeyReferring } from "./journey-referring.ts";
import { provingJourneys } from "./proving-journeys.ts";

/**
 * Consent journeys, in their account's partition. A link, a state and an id lead to one journey only, over all accounts, by
 * references that are written before it; one that was used up stays with its journey. `accountIds`: whose journeys fall due.
 */
export function cosmosConsents(
  container: CosmosContainer,
  writeAudit: AuditedWrite,
  clock: Clock,
  accountIds: readonly string[],
): ConsentStore {
  const references = cosmosReferences(container, clock, accountIds);
  const proving = provingJourneys(container, clock);
  const refer = journeyReferring({ references, proving });

  const get = (id: string) => references.read<ConsentJourney>({ to: "consent", key: id }, consentId(id));
  const found = async (key: ReferenceKey): Promise<StoredItem<ConsentJourney> | null> => {
    const referred = await references.follow(key);
    if (referred === null) return null;
    const item = await container.read<ConsentJourney>(accountPartition(referred.accountId), consentId(referred.id));
    // An orphan, or a state that was used.
    return item !== null && keysOf(item.value).some((own) => isSame(own, key)) ? item : null;
  };

  return {
    create: async (journey, audit) => {
      requireOwnStates(journey);
      await refer(journey, null);
      const steps = [{ do: "create", item: consentItem(journey) }] as const;
      const result = await writeAudit(accountPartition(journey.accountId), steps, [audit]);
      if (result.kind === "conflict") throw new Breakdown("conflict", "A journey of this id is there already.");
    },
    get: async (journeyId) => versionedOf(await get(journeyId)),
    findByLink: async (linkHash) => versionedOf(await found({ to: "consentLink", key: linkHash })),
    findByState: async (stateHash) => versionedOf(await found({ to: "consentState", key: stateHash })),
    update: async ({ journey, etag, audit }) => {
      requireOwnStates(journey);
      const partition = accountPartition(journey.accountId);
      const before = await container.read<ConsentJourney>(partition, consentId(journey.id));
      // Looked at before anything is written, so that who comes late leaves no references behind.
      if (before?.etag !== etag) return "conflict";
      await refer(journey, before.value);
      const steps = [{ do: "replace", item: consentItem(journey), etag }] as const;
      return (await writeAudit(partition, steps, audit === undefined ? [] : [audit])).kind;
    },
    open: async (accountId) => {
      const partition = accountPartition(accountId);
      const items = await container.find<ConsentJourney>({ partition, kind: "consent", where: ["k.open = true"] });
      return items.map(({ value }) => value).sort((left, right) => byAge(right, left));
    },
    openForTenant: async (tenantId) => {
      const referred = await proving.of(tenantId);
      const items = await Promise.all(
        referred.map(({ accountId, id }) =>
          container.readNow<ConsentJourney>(accountPartition(accountId), consentId(id)),
        ),
      );
      const journeys = items.flatMap((item) => (item === null ? [] : [item.value]));
      return journeys.filter((item) => isOpen(item) && tenantsOf(item).has(tenantId)).sort(byAge);
    },
    due: async ({ now, limit }) =>
      (await dueKeys(container, accountIds, { kind: "consent", now, limit })).map(({ id }) => String(id)),
  };
}

function versionedOf(item: StoredItem<ConsentJourney> | null): Versioned<ConsentJourney> | null {
  return item === null ? null : { value: item.value, etag: item.etag };
}

function byAge(left: ConsentJourney, right: ConsentJourney): number {
  return orderOf(left) < orderOf(right) ? -1 : 1;
}

function orderOf({ createdAt, id }: ConsentJourney): string {
  return `${createdAt}|${id}`;
}

function requireOwnStates({ legs }: ConsentJourney): void {
  if (new Set(legs.map(({ stateHash }) => stateHash)).size === legs.length) return;
  throw new Breakdown("conflict", "Two legs of a journey have the same state.");
}
