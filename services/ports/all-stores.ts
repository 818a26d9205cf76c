import type { DeliveryStore } from "./delivery-store.ts";
import type { MoveStore } from "./move-store.ts";
import type { RemovalStore } from "./removal-store.ts";
import type {
  AlertStore,
  AuditStore,
  BindingStore,
  ConsentStore,
  ConversationStore,
  EphemeralStore,
  LinkStore,
  OrganizationStore,
  RoleStore,
  SettingsStore,
  SyncStore,
} from "./stores.ts";

/** All of them, as compose.ts opens them. */
export interface Stores {
  readonly organizations: OrganizationStore;
  readonly links: LinkStore;
  readonly syncs: SyncStore;
  readonly alerts: AlertStore;
  readonly deliveries: DeliveryStore;
  readonly settings: SettingsStore;
  readonly roles: RoleStore;
  readonly conversations: ConversationStore;
  readonly bindings: BindingStore;
  readonly consents: ConsentStore;
  readonly moves: MoveStore;
  readonly removals: RemovalStore;
  readonly audit: AuditStore;
  readonly ephemeral: EphemeralStore;
  /** Brings to its end what a process that died left half done; repeatable, and safe beside whoever is still at it. */
  sweep(): Promise<void>;
  /** Whether the store can be read and written now; throws Breakdown "store-unavailable" otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}
