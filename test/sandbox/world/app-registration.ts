import type { Permission } from "./permissions.ts";
import { allPermissions } from "./permissions.ts";

/** An app registration in the account's tenant. */
export interface AppRegistration {
  appId: string;
  displayName: string;
  /** A secret without `expires` holds for ever. */
  secrets: { value: string; expires?: Date }[];
  /** PEM certificates whose keys may sign client assertions. */
  certificates: string[];
  redirectUris: Set<string>;
  permissions: Permission[];
}

/** The multi-tenant app that customers consent to. */
export function makeDefenderApp(): AppRegistration {
  return {
    appId: "d3fe0de2-0b0a-4d11-8a11-5a4db0c50002",
    displayName: "Watchdesk for Defender",
    secrets: [{ value: "sandbox-defender-secret-2" }],
    certificates: [],
    redirectUris: new Set<string>(),
    permissions: [...allPermissions],
  };
}

/** The bot's own app: no permissions, a token for the Bot Connector only. */
export function makeBotApp(appId = "b0700000-0b0a-4d11-8a11-5a4db0c50001"): AppRegistration {
  return {
    appId,
    displayName: "Watchdesk",
    secrets: [{ value: "sandbox-bot-secret-1" }],
    certificates: [],
    redirectUris: new Set<string>(),
    permissions: [],
  };
}
