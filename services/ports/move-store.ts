import type { AuditRow } from "../domain/audit.ts";
import type { Instant } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { TenantScope, Versioned, WriteOutcome } from "./stores.ts";

export type MoveCreation =
  | { readonly kind: "created" }
  /** The tenant has a move that is not decided or carried out yet: that one is given back. */
  | { readonly kind: "openAlready"; readonly move: MoveRequest };

/** Moves of tenants between organizations, in the account's partition. All throw Breakdown "store-unavailable". */
export interface MoveStore {
  /** Creates the move and its audit row together, or nothing: a tenant has one open move (OPEN_MOVE_STATES) at most. */
  create(input: { move: MoveRequest; audit: AuditRow }): Promise<MoveCreation>;
  /** By id alone, for jobs; who asks for a person compares the account. */
  get(moveId: string): Promise<Versioned<MoveRequest> | null>;
  update(input: { move: MoveRequest; etag: string; audit?: AuditRow }): Promise<WriteOutcome>;
  /** The tenant's open move, if there is one. */
  openOf(scope: TenantScope): Promise<Versioned<MoveRequest> | null>;
  /** Moves, of any account, whose dueAt has come, the longest due first. */
  due(input: { now: Instant; limit: number }): Promise<readonly string[]>;
}
