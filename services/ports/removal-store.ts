import type { Instant } from "../domain/instant.ts";
import type { RemovedTenant, RetiredCard } from "../domain/removed-tenant.ts";
import type { TenantScope } from "./stores.ts";

/**
 * What is left of removed tenants. LinkStore.remove writes a tombstone and retires the cards on screen with it;
 * LinkStore.create ends the tombstone. All throw Breakdown "store-unavailable".
 */
export interface RemovalStore {
  get(scope: TenantScope): Promise<RemovedTenant | null>;
  /** Cards of the account's removed tenant that do not say so yet. */
  countCards(scope: TenantScope): Promise<number>;
  /** One card, whatever stands there: a late one, or when it is next to be tried. */
  putCard(card: RetiredCard): Promise<void>;
  /** The card says so, or never will. */
  removeCard(card: Pick<RetiredCard, "accountId" | "conversationId" | "activityId">): Promise<void>;
  /** Cards of one tenant, of any account, whose dueAt has come, the longest due first. */
  dueCards(input: { tenantId: string; now: Instant; limit: number }): Promise<readonly RetiredCard[]>;
  /** Tenants that have such cards. */
  due(input: { now: Instant; limit: number }): Promise<readonly string[]>;
}
