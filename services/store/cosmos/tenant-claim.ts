import { type Instant, SECOND, shift } from "../../domain/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, claimPartition, type Item, itemId, type StoredItem } from "./cosmos-item.ts";
import { type KeptLink, linkId } from "./link-items.ts";

/**
 * Who holds a tenant, over all accounts: one item in a partition of the tenant's own, since no write spans two accounts'
 * partitions (R9). Whoever creates it may write a link; only once it is held does that link exist. Its name tells one claim
 * from the next of the same account.
 */
export interface TenantClaim {
  readonly accountId: string;
  readonly name: string;
  readonly state: "pending" | "held";
  /** From then on a claim that no link stands on may be taken over: whoever made it died on the way, or removed the link. */
  readonly expiresAt: Instant;
}

export type ClaimTaking =
  | { readonly kind: "ours"; readonly claim: StoredItem<TenantClaim> }
  /** A link stands on it, in this account or another; it may have to be settled first. */
  | { readonly kind: "linked"; readonly accountId: string; readonly link: StoredItem<KeptLink> }
  /** Somebody else is at it right now: ask again in a moment. */
  | { readonly kind: "busy" };

/** Longer than any write takes that is still answered. */
const PENDING_FOR = 60 * SECOND;
/** A claim that nobody came back to is deleted by Cosmos itself. */
const PENDING_TTL_SECONDS = 3_600;

const CLAIM_ID = itemId("claim");

export interface TenantClaims {
  /** Takes the tenant for a link that is about to be written; a claim that nothing stands on is taken over. */
  take(tenantId: string, accountId: string, name: string): Promise<ClaimTaking>;
  get(tenantId: string): Promise<StoredItem<TenantClaim> | null>;
  /** From here on the link exists; false: the claim is somebody else's by now. */
  hold(tenantId: string, name: string): Promise<boolean>;
  /** Gives it up, if it is still this one. */
  release(tenantId: string, name: string): Promise<void>;
}

/** A claim that the link of its name stands on. */
export function heldClaimItem(claim: Omit<TenantClaim, "state">): Item<TenantClaim> {
  return { id: CLAIM_ID, kind: "claim", keys: {}, value: { ...claim, state: "held" } };
}

export function tenantClaims(container: CosmosContainer, clock: Clock): TenantClaims {
  const get = (tenantId: string) => container.read<TenantClaim>(claimPartition(tenantId), CLAIM_ID);
  const pending = (accountId: string, name: string): Item<TenantClaim> => {
    const expiresAt = shift(clock.now(), PENDING_FOR);
    const value = { accountId, name, state: "pending" as const, expiresAt };
    return { id: CLAIM_ID, kind: "claim", keys: {}, value, ttl: PENDING_TTL_SECONDS };
  };
  const written = async (tenantId: string, step: Parameters<CosmosContainer["write"]>[1][number]) =>
    (await container.write(claimPartition(tenantId), [step])).kind === "stored";
  const linkOn = async (tenantId: string, claim: TenantClaim) => {
    const link = await container.readNow<KeptLink>(accountPartition(claim.accountId), linkId(tenantId));
    return link?.value.claim === claim.name ? link : null;
  };

  return {
    take: async (tenantId, accountId, name) => {
      const item = pending(accountId, name);
      if (!(await written(tenantId, { do: "create", item }))) {
        const other = await get(tenantId);
        if (other === null) return { kind: "busy" };
        const link = await linkOn(tenantId, other.value);
        if (link !== null) return { kind: "linked", accountId: other.value.accountId, link };
        // A moment is left also to a held one: a replica may not show its link yet.
        const stale = other.value.expiresAt <= clock.now();
        if (!stale || !(await written(tenantId, { do: "replace", item, etag: other.etag }))) return { kind: "busy" };
      }
      const claim = await get(tenantId);
      return claim?.value.name === name ? { kind: "ours", claim } : { kind: "busy" };
    },
    get,
    hold: async (tenantId, name) => {
      const claim = await get(tenantId);
      if (claim?.value.name !== name) return false;
      if (claim.value.state === "held") return true;
      const item = heldClaimItem(claim.value);
      if (await written(tenantId, { do: "replace", item, etag: claim.etag })) return true;
      const now = await get(tenantId);
      return now?.value.name === name && now.value.state === "held";
    },
    release: async (tenantId, name) => {
      const claim = await get(tenantId);
      if (claim?.value.name !== name) return;
      await container.write(claimPartition(tenantId), [{ do: "delete", id: CLAIM_ID, etag: claim.etag }]);
    },
  };
}
