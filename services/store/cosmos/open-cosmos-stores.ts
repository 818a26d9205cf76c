import type { Stores } from "../../ports/all-stores.ts";
import type { Clock } from "../../ports/clock.ts";
import { auditedWrite } from "./audited-write.ts";
import { cosmosAlerts } from "./cosmos-alerts.ts";
import { cosmosAudit } from "./cosmos-audit.ts";
import { cosmosBindings } from "./cosmos-bindings.ts";
import { cosmosConsents } from "./cosmos-consents.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { cosmosConversations } from "./cosmos-conversations.ts";
import { cosmosDeliveries } from "./cosmos-deliveries.ts";
import { cosmosEphemeral } from "./cosmos-ephemeral.ts";
import { ephemeralPartition, itemId } from "./cosmos-item.ts";
import { cosmosLinks } from "./cosmos-links.ts";
import { cosmosMoves } from "./cosmos-moves.ts";
import { cosmosOrganizations } from "./cosmos-organizations.ts";
import { cosmosRemovals } from "./cosmos-removals.ts";
import { cosmosRoles } from "./cosmos-roles.ts";
import { cosmosSettings } from "./cosmos-settings.ts";
import { cosmosSyncs, syncWrite } from "./cosmos-syncs.ts";
import { sweepAccount } from "./sweep-account.ts";
import { tenantClaims } from "./tenant-claim.ts";

export interface CosmosStoresInput {
  readonly container: CosmosContainer;
  readonly clock: Clock;
  /** Whose data is looked through for what is due: the accounts whose Teams may use the bot. */
  readonly accountIds: readonly string[];
  /** How long alerts are kept after they last changed. */
  readonly retentionMs: number;
}

/** The stores in one container that is set up already (init-cosmos.ts); the data model is decision 11. */
export function openCosmosStores({ container, clock, accountIds, retentionMs }: CosmosStoresInput): Stores {
  const writeAudit = auditedWrite(container);
  const writeSync = syncWrite(container);
  const retention = () => ({ now: clock.now(), milliseconds: retentionMs });
  const claims = tenantClaims(container, clock);
  return {
    organizations: cosmosOrganizations(container, writeAudit),
    links: cosmosLinks({ container, writeAudit, clock, accountIds }),
    syncs: cosmosSyncs(container, writeSync, accountIds),
    alerts: cosmosAlerts({ container, writeAudit, writeSync, retention }),
    deliveries: cosmosDeliveries(container, retention),
    settings: cosmosSettings(container, writeAudit),
    roles: cosmosRoles(container, writeAudit),
    conversations: cosmosConversations(container, clock),
    bindings: cosmosBindings(container, writeAudit),
    consents: cosmosConsents(container, writeAudit, clock, accountIds),
    moves: cosmosMoves(container, writeAudit, clock, accountIds),
    removals: cosmosRemovals(container, accountIds),
    audit: cosmosAudit(container, writeAudit),
    ephemeral: cosmosEphemeral(container, clock),
    sweep: async () => {
      for (const accountId of accountIds) await sweepAccount({ container, writeAudit, claims }, accountId);
    },
    check: async () => {
      const item = {
        id: itemId("ephemeral"),
        kind: "ephemeral" as const,
        keys: {},
        value: null,
        ttl: CHECK_KEPT_SECONDS,
      };
      await container.write(ephemeralPartition("check"), [{ do: "put", item }]);
    },
    close: async () => container.close(),
  };
}

const CHECK_KEPT_SECONDS = 3_600;
