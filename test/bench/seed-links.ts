import { HOUR, type Instant, shift } from "../../services/domain/instant.ts";
import type { Person } from "../../services/domain/person.ts";
import type { Stores } from "../../services/ports/all-stores.ts";

export interface SeedTenant {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** Long after every bench: what is due then is not due now. */
const FAR: Instant = "2099-01-01T00:00:00.000Z";

/**
 * Links tenants as if they had been connected a day ago and read until now, so that the next read is an ordinary one.
 * With `read` false they are only there and never due.
 */
export async function seedLinks(
  stores: Pick<Stores, "organizations" | "links">,
  input: {
    accountId: string;
    tenants: readonly SeedTenant[];
    by: Person;
    chatId: string;
    now: Instant;
    read: boolean;
  },
): Promise<void> {
  const { accountId, by, chatId, now } = input;
  const linkedAt = shift(now, -24 * HOUR);
  for (const tenant of input.tenants) {
    const organizationId = `organization-${tenant.id}`;
    await stores.organizations.add({ accountId, id: organizationId, name: tenant.name, createdAt: linkedAt });
    const creation = await stores.links.create({
      link: {
        accountId,
        organizationId,
        tenantId: tenant.id,
        tenantName: tenant.name,
        tenantDomain: tenant.domain,
        linkedAt,
        linkedBy: by,
        linkedIn: chatId,
        state: "connected",
        trouble: null,
        granted: { graph: ["SecurityAlert.ReadWrite.All"], defender: [], checkedAt: linkedAt },
        nextCheckAt: FAR,
      },
      sync: {
        accountId,
        tenantId: tenant.id,
        watermark: now,
        coverage: now,
        lastTriedAt: now,
        nextSyncAt: input.read ? now : FAR,
        nextSweepAt: FAR,
        failures: 0,
      },
      audit: {
        accountId,
        tenantId: tenant.id,
        id: `audit-${tenant.id}`,
        operationId: `operation-${tenant.id}`,
        at: linkedAt,
        phase: "done",
        actor: { kind: "person", id: by.id, name: by.name },
        verb: "tenant.link",
        target: tenant.name,
        before: null,
        after: null,
        where: chatId,
      },
    });
    if (creation.kind !== "linked") throw new Error(`A tenant could not be linked: ${creation.kind}.`);
  }
}
