import { Breakdown } from "../../domain/breakdown.ts";
import { elapsed, type Instant, SECOND, shift } from "../../domain/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { type Item, itemId, referencePartition } from "./cosmos-item.ts";
import { type Referred, referenceTtl } from "./cosmos-references.ts";

/**
 * The journeys, of any account, whose sign-in proved a tenant or is about to be stored as having done so: one item per tenant.
 * An item and no query, for it must be seen as it is now: of two attempts at one tenant at least one has to see the other.
 */
export interface ProvingJourneys {
  /** Written before the journey; kept until a month after `endsAt`. */
  add(tenantId: string, journey: Referred, endsAt: Instant): Promise<void>;
  /** Whoever reads on must look whether a journey still names the tenant. */
  of(tenantId: string): Promise<readonly Referred[]>;
}

type Proving = Referred & { readonly until: Instant };

/** Others may be at the same tenant; each round one of them comes through. */
const ROUNDS = 100;

const PROVING_ID = itemId("reference");

export function provingJourneys(container: CosmosContainer, clock: Clock): ProvingJourneys {
  const partitionOf = (tenantId: string) => referencePartition("provenTenant", tenantId);
  return {
    add: async (tenantId, { accountId, id }, endsAt) => {
      const now = clock.now();
      const until = shift(now, referenceTtl(now, endsAt) * SECOND);
      for (let round = 0; round < ROUNDS; round += 1) {
        const there = await container.read<readonly Proving[]>(partitionOf(tenantId), PROVING_ID);
        const others = (there?.value ?? []).filter((item) => item.until > now && !isSame(item, { accountId, id }));
        const item = provingItem([...others, { accountId, id, until }], now);
        const step =
          there === null ? ({ do: "create", item } as const) : ({ do: "replace", item, etag: there.etag } as const);
        if ((await container.write(partitionOf(tenantId), [step])).kind === "stored") return;
      }
      throw new Breakdown("conflict", "A tenant was signed in to by others again and again.", { retryable: true });
    },
    of: async (tenantId) =>
      (await container.readNow<readonly Proving[]>(partitionOf(tenantId), PROVING_ID))?.value ?? [],
  };
}

function isSame(left: Referred, right: Referred): boolean {
  return left.accountId === right.accountId && left.id === right.id;
}

function provingItem(value: readonly Proving[], now: Instant): Item<readonly Proving[]> {
  const last = [now, ...value.map(({ until }) => until)].sort().at(-1) ?? now;
  return { id: PROVING_ID, kind: "reference", keys: {}, value, ttl: Math.ceil(elapsed(now, last) / SECOND) };
}
