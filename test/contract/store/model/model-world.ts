import type { TenantScope } from "../../../../services/ports/stores.ts";
import { A, at, B } from "../store-samples.ts";

/* Few of each, so that those who write at once meet. */

export const ACCOUNTS = [A, B] as const;
export const TENANTS = ["t0", "t1"] as const;
export const ORGANIZATIONS = ["o0", "o1", "o2"] as const;
export const NAMES = ["Adatum", "Contoso", "Fabrikam", "Litware", "Tailspin"] as const;
export const ALERTS = ["a0", "a1"] as const;
export const PERSONS = ["p0", "p1"] as const;

export const SCOPES: readonly TenantScope[] = ACCOUNTS.flatMap((accountId) =>
  TENANTS.map((tenantId) => ({ accountId, tenantId })),
);

/** In the month after START's: rows of then stand in another chain. */
export const LATER = at(15 * 24 * 60);
