import type { AuditRow } from "../domain/audit.ts";
import type { SealedRow } from "../domain/audit-chain.ts";
import type { Instant } from "../domain/instant.ts";

/** Which rows of the audit log are meant; what is absent does not narrow. */
export interface AuditFilter {
  readonly tenantId?: string;
  /** Exactly this target. */
  readonly target?: string;
  /** Rows of this tenant (null: of none), and rows whose target has the text in it, whatever its case. */
  readonly subject?: { readonly tenantId: string | null; readonly text: string };
  /** At or after. */
  readonly since?: Instant;
  /** How the verb begins, whatever its case: "settings", "role.grant". */
  readonly verb?: string;
  /** In the actor's name, whatever its case, or exactly the actor's id; Watchdesk itself is "watchdesk". */
  readonly actor?: string;
}

/** A part of the audit log, newest first. */
export interface AuditPage extends AuditFilter {
  readonly accountId: string;
  /** Rows to pass over; rows written meanwhile shift the pages. */
  readonly offset?: number;
  /** Only rows that stand after this one in the list: pages that nothing shifts. */
  readonly olderThan?: AuditRow;
  readonly limit: number;
}

/** Where a chain ends by the record that is kept beside it. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The audit log as chains, for whoever checks it; each is read in pages, so that memory stays flat. */
export interface AuditChains {
  /** The account's first chain that sorts after this one ("" for the first of all), by its rows or its head; null: none. */
  nextChain(accountId: string, after: string): Promise<string | null>;
  /** The rows of a chain that follow this sequence, in order, with the sequence they claim. */
  chainRows(input: { accountId: string; chain: string; after: number; limit: number }): Promise<readonly SealedRow[]>;
  /** Null: the chain's rows have no head. */
  chainHead(accountId: string, chain: string): Promise<ChainHead | null>;
}
