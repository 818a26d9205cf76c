import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import { MINUTE, shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AuditStore, EphemeralStore } from "../ports/stores.ts";
import { type ExportRequest, exportWords } from "./export-request.ts";

export interface CreateDownloadDeps {
  readonly audit: Pick<AuditStore, "append">;
  readonly ephemeral: Pick<EphemeralStore, "put">;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** The address under which browsers reach the bot. */
  readonly publicUrl: string;
}

/** What a link stands for; kept under the hash of its token until it ends. */
export interface Download {
  readonly accountId: string;
  readonly request: ExportRequest;
  readonly by: Person;
  readonly endsAt: Instant;
}

const LIVES = 15 * MINUTE;

/**
 * A link to a file that is made when it is downloaded: it works for 15 minutes, as often as wanted, for whoever has it.
 * Only the hash of its token is stored. `where` is the conversation it was asked in. Who may ask is the caller's question.
 */
export async function createDownload(
  deps: CreateDownloadDeps,
  input: { accountId: string; tenantId: string | null; request: ExportRequest; by: Person; where: string },
): Promise<{ url: string; endsAt: Instant }> {
  const { accountId, request, by } = input;
  const now = deps.clock.now();
  const endsAt = shift(now, LIVES);
  const token = deps.randomness.secret();
  const id = deps.randomness.id();
  // Told before it works: a link that nobody recorded must not exist.
  await deps.audit.append([
    {
      accountId,
      tenantId: input.tenantId,
      id,
      operationId: id,
      at: now,
      phase: "done",
      actor: { kind: "person", id: by.id, name: by.name },
      verb: "export.create",
      target: exportWords(request),
      before: null,
      after: `link until ${endsAt}`,
      where: input.where,
    },
  ]);
  const download: Download = { accountId, request, by, endsAt };
  await deps.ephemeral.put({ key: downloadKey(token), value: JSON.stringify(download), etag: null, endsAt });
  return { url: `${deps.publicUrl.replace(/\/+$/, "")}/download/${token}`, endsAt };
}

/** Where a token's download is kept: by its SHA-256, so that the store gives no link away. */
export function downloadKey(token: string): string {
  return `download:${createHash("sha256").update(token).digest("hex")}`;
}
