import { readDomainName } from "../domain/domain-name.ts";
import type { LinkStore, OrganizationStore } from "../ports/stores.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";

export interface ExpectedTenantDeps {
  readonly links: Pick<LinkStore, "findByTenant">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly directory: Pick<TenantDirectory, "findByDomain">;
}

/** The tenant that alone may consent. */
export interface ExpectedTenant {
  readonly tenantId: string;
  /** Null where only its id is known. */
  readonly domain: string | null;
}

export type UnusableDomain =
  | { readonly kind: "domainUnknown"; readonly domain: string }
  | { readonly kind: "domainTenantLinked"; readonly where: "here"; readonly organizationName: string }
  /** Linked by another account; nothing about it is told. */
  | { readonly kind: "domainTenantLinked"; readonly where: "elsewhere" };

/** The tenant that a typed domain belongs to, if it can still be linked. Throws Breakdown when Microsoft does not answer. */
export async function findExpectedTenant(
  deps: ExpectedTenantDeps,
  input: { accountId: string; domain: string },
): Promise<ExpectedTenant | UnusableDomain> {
  const domain = input.domain.trim().toLowerCase();
  // What is typed goes into a path of Microsoft's: a host name and nothing else.
  const name = readDomainName(domain);
  const tenantId = name === null ? null : await deps.directory.findByDomain(name);
  if (tenantId === null) return { kind: "domainUnknown", domain };
  const link = await deps.links.findByTenant(tenantId);
  if (link === null) return { tenantId, domain };
  if (link.value.accountId !== input.accountId) return { kind: "domainTenantLinked", where: "elsewhere" };
  const holder = await deps.organizations.get(input.accountId, link.value.organizationId);
  return { kind: "domainTenantLinked", where: "here", organizationName: holder?.name ?? "another organization" };
}
