import type { RemovedTenant } from "../domain/removed-tenant.ts";

export type LinkCreation =
  | { kind: "linked" }
  | { kind: "organizationHasTenant"; tenantId: string }
  | { kind: "tenantLinkedHere"; organizationId: string }
  /** Linked by another account; nothing about that account is told. */
  | { kind: "tenantLinkedElsewhere" }
  /** Taken off after this connection was asked for: it has to be asked for anew. */
  | { kind: "tenantRemoved"; removed: RemovedTenant };

export type LinkMove =
  | { kind: "moved" }
  | { kind: "organizationHasTenant"; tenantId: string }
  /** Somebody else wrote the link, or removed it, in between. */
  | { kind: "conflict" };
