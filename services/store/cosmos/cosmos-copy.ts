import { bulkhead } from "cockatiel";
import { Breakdown } from "../../domain/breakdown.ts";
import { MINUTE, SECOND, shift } from "../../domain/instant.ts";
import { type KeptRecord, KINDS_IN_ORDER } from "../../domain/kept-record.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CopyMark, CopyTarget } from "../../ports/store-copy.ts";
import { auditedWrite } from "./audited-write.ts";
import { deleteMark, readMark, writeMark } from "./copy-mark.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import type { ItemKind } from "./cosmos-item.ts";
import { cosmosReferences } from "./cosmos-references.ts";
import { journeyReferring } from "./journey-referring.ts";
import { keptPage } from "./kept-pages.ts";
import { provingJourneys } from "./proving-journeys.ts";
import { putItems } from "./put-items.ts";
import { itemsOf } from "./record-items.ts";
import { sweepAll } from "./sweep-account.ts";
import { tenantClaims } from "./tenant-claim.ts";

/** A bot that runs looks after its store each minute, and leaves a mark that it did. */
const QUIET_FOR = 2 * MINUTE;
/** Records prepared at a time: each may need a read or a few small writes. */
const AT_ONCE = 8;
/** What stands beside the records, and is made anew by a copy. */
const MADE_ANEW: readonly ItemKind[] = ["organizationName", "openMove", "tenant", "claim", "reference"];

/** A container as a copy reads and writes it. A page's items are all put before the mark; done again they come to the same. */
export function cosmosCopy(deps: {
  container: CosmosContainer;
  clock: Clock;
  /** How long alerts are kept after they last changed: Cosmos deletes them some time after that. */
  retentionMs: number;
}): CopyTarget {
  const { container, clock, retentionMs } = deps;
  const references = cosmosReferences(container, clock, []);
  const refer = journeyReferring({ references, proving: provingJourneys(container, clock) });
  const retention = () => ({ now: clock.now(), milliseconds: retentionMs });
  let etag: string | null = null;

  const keepMark = async (mark: CopyMark) => {
    const kept = await writeMark(container, mark, etag);
    if (kept.kind === "conflict") throw new Breakdown("conflict", "Another copy into this database is under way.");
    etag = kept.etag;
  };
  /** What leads to a record from elsewhere comes before it. */
  const referTo = async ({ kind, value }: KeptRecord) => {
    if (kind === "consent") await refer(value, null);
    if (kind === "move") await references.write([{ to: "move", key: value.id }], value, value.expiresAt);
  };

  return {
    settle: () => sweepAll({ container, writeAudit: auditedWrite(container), claims: tenantClaims(container, clock) }),
    isInUse: async () => {
      const since = Math.floor(Date.parse(shift(clock.now(), -QUIET_FOR)) / SECOND);
      const query = { partition: null, kind: "ephemeral", where: ["c._ts > @since"], values: { since } } as const;
      return (await container.findVersions({ ...query, take: 1 })).length > 0;
    },
    count: (kind) => container.count({ partition: null, kind }),
    page: (kind, after, limit) => keptPage(container, kind, after, limit),
    isEmpty: async () => {
      for (const kind of [...KINDS_IN_ORDER, ...MADE_ANEW]) {
        if ((await container.findVersions({ partition: null, kind, take: 1 })).length > 0) return false;
      }
      return true;
    },
    mark: async () => {
      const found = await readMark(container);
      etag = found?.etag ?? null;
      return found?.value ?? null;
    },
    setMark: keepMark,
    write: async ({ records, before, mark }) => {
      const few = bulkhead(AT_ONCE, Number.MAX_SAFE_INTEGER);
      const placed = await Promise.all(
        records.map((record, place) =>
          few.execute(async () => {
            await referTo(record);
            return await itemsOf({ container, retention }, record, before + place);
          }),
        ),
      );
      await putItems(container, placed.flat());
      await keepMark(mark);
    },
    removeMark: async () => {
      await deleteMark(container);
      etag = null;
    },
  };
}
