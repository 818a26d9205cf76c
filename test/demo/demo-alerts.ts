import type { TenantLetter } from "../sandbox/world/customer-tenant.ts";
import type { TemplateName } from "../sandbox/world/make-alert.ts";
import type { World } from "../sandbox/world.ts";

const HOUR = 3_600_000;

/** Alerts that stood open before anybody connected: the first read counts them and leaves them alone. */
const OLDER: readonly (readonly [TenantLetter, TemplateName, hoursAgo: number])[] = [
  ["A", "unwantedSoftware", 3],
  ["A", "lateralMovement", 29],
  ["A", "phishingClick", 75],
  ["B", "discovery", 6],
  ["B", "persistence", 51],
  ["C", "exfiltration", 20],
];

/** What arrives in a connected tenant, in this order, again and again. Some hold an active threat and so stay open. */
const ARRIVING: readonly TemplateName[] = [
  "suspiciousPowerShell",
  "credentialTheft",
  "eicar",
  "commandAndControl",
  "phishingClick",
  "ransomware",
  "persistence",
];

/** The first alert comes soon after consent, so that nobody waits; later ones leave time to look around. */
const FIRST_AFTER = 8_000;
const THEN_EVERY = 60_000;

/** Lays down the older alerts. */
export function addOlderAlerts(world: World): void {
  const now = world.clock.now().getTime();
  for (const [letter, template, hoursAgo] of OLDER) {
    world.arrive(world.tenant(letter).tenantId, { template, createdAt: new Date(now - hoursAgo * HOUR) });
  }
}

/** Lets alerts arrive in every tenant that has Defender and consented, until it is stopped. */
export function letAlertsArrive(world: World): { stop(): void } {
  const arrived = new Map<string, number>();
  const timer = setInterval(() => {
    const now = world.clock.now().getTime();
    for (const { tenantId, consentedAt, hasDefender } of world.tenants) {
      if (consentedAt === null || !hasDefender) continue;
      const count = arrived.get(tenantId) ?? 0;
      if (now < consentedAt.getTime() + FIRST_AFTER + count * THEN_EVERY) continue;
      const template = ARRIVING[count % ARRIVING.length];
      world.arrive(tenantId, template === undefined ? {} : { template });
      arrived.set(tenantId, count + 1);
    }
  }, 1_000);
  return { stop: () => clearInterval(timer) };
}
