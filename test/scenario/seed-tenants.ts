import type { Stores } from "../../services/ports/all-stores.ts";
import { seedLinks } from "../bench/seed-links.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import type { CustomerTenant } from "../sandbox/world/customer-tenant.ts";
import type { House } from "./house.ts";

/** The house's store, through a connection of one's own. */
export async function withStores<Result>(house: House, work: (stores: Stores) => Promise<Result>): Promise<Result> {
  const stores = await house.store.open({ now: () => house.now().toISOString() });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

/** Tenants that consented long ago, known to Microsoft and to our store ("Customer `first`" ...), without the way through chat. */
export async function seedTenants(house: House, admin: Person, count: number, first = 0): Promise<void> {
  const model = house.world.tenant("B");
  const tenants = Array.from({ length: count }, (_, nth): CustomerTenant => {
    const at = first + nth;
    const number = String(at).padStart(12, "0");
    const name = `customer-${at}.example`;
    return {
      ...model,
      tenantId: `eeee5555-0000-4000-8000-${number}`,
      displayName: `Customer ${at}`,
      verifiedDomains: [{ name, isDefault: true, isInitial: false }],
      grants: { graph: new Set(), defender: new Set() },
      alerts: new Map(),
    };
  });
  (house.world.tenants as CustomerTenant[]).push(...tenants);
  for (const { tenantId } of tenants) house.world.consent(tenantId);
  await withStores(house, (stores) =>
    seedLinks(stores, {
      accountId: house.world.account.tenantId,
      tenants: tenants.map(({ tenantId, displayName }) => ({ id: tenantId, name: displayName, domain: "x.example" })),
      by: { id: admin.objectId, name: admin.name, signInName: admin.userPrincipalName },
      chatId: house.sandbox.teams.personalChat(admin).id,
      now: house.now().toISOString(),
      read: true,
    }),
  );
}
