import type { Instant } from "./instant.ts";

/** What is proven where a list holds no alert: that there is none, or only that none was read. */
export type AlertsProof =
  | { readonly kind: "noTenant" }
  /** One tenant's list. */
  | {
      readonly kind: "tenant";
      readonly organizationName: string;
      readonly proven: boolean;
      /** Up to when it is proven read; null: never yet. */
      readonly coverage: Instant | null;
    }
  /** The list of all tenants. */
  | { readonly kind: "account"; readonly unproven: number; readonly paused: number };
