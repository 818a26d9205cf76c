import { type Organization, organizationKey } from "../../domain/organization.ts";
import { type Item, itemId } from "./cosmos-item.ts";

export function organizationId(id: string): string {
  return itemId("organization", id);
}

/** `tenantId`: the tenant that the organization is linked to; null: none. */
export function organizationItem(organization: Organization, tenantId: string | null): Item<Organization> {
  const keys = { nameKey: organizationKey(organization.name), tenantId };
  return { id: organizationId(organization.id), kind: "organization", keys, value: organization };
}

/** Whose name it is, or whose directory id: each is held by one organization of the account. */
export interface NameHolder {
  readonly organizationId: string;
}

export function nameId(name: string): string {
  return itemId("organizationName", organizationKey(name));
}

export function nameItem(name: string, holder: string): Item<NameHolder> {
  return { id: nameId(name), kind: "organizationName", keys: {}, value: { organizationId: holder } };
}

export function directoryItem(directoryId: string, holder: string): Item<NameHolder> {
  const id = itemId("organizationName", "directory", directoryId);
  return { id, kind: "organizationName", keys: {}, value: { organizationId: holder } };
}

/** All items of an organization that has no tenant yet. */
export function newOrganizationItems(organization: Organization): readonly Item[] {
  const { id, name, directoryId } = organization;
  const items: Item[] = [nameItem(name, id), organizationItem(organization, null)];
  return directoryId === undefined ? items : [...items, directoryItem(directoryId, id)];
}
