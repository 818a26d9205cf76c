import type { Delivery } from "../domain/delivery.ts";
import type { TenantScope, Versioned } from "./stores.ts";

/** The posted cards, in the tenant's partition; a delivery goes with its alert. All throw Breakdown "store-unavailable". */
export interface DeliveryStore {
  /** The cards of one alert, one per conversation at most. */
  ofAlert(scope: TenantScope, alertId: string): Promise<readonly Versioned<Delivery>[]>;
  /** Creates (etag null) or replaces; "conflict" when another worker was first (R3). */
  put(input: {
    delivery: Delivery;
    etag: string | null;
  }): Promise<{ kind: "stored"; etag: string } | { kind: "conflict" }>;
  /** How many of the tenant's cards are on screen. */
  countShown(scope: TenantScope): Promise<number>;
  /** Ids of alerts, open or resolved ones, that have a card or are getting one; ordered by id, those behind `after`. */
  alertsWithCards(input: {
    scope: TenantScope;
    open: boolean;
    after: string;
    limit: number;
  }): Promise<readonly string[]>;
}
