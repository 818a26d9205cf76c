import type { Environment } from "./environment.ts";
import { Secret } from "./secret.ts";
import * as kinds from "./setting-kinds.ts";
import { createSettingReader, type SettingReader } from "./setting-reader.ts";

/** Where everything is kept. */
export type StoreSetting = { readonly kind: "sqlite"; readonly path: string } | CosmosSetting;

export interface CosmosSetting {
  readonly kind: "cosmos";
  readonly endpoint: string;
  /** Null: signs in with the identity that the machine gives, such as a managed identity. */
  readonly key: Secret | null;
  readonly database: string;
}

type CosmosSettingOutcome =
  | { readonly kind: "ok"; readonly setting: CosmosSetting }
  | { readonly kind: "problems"; readonly problems: readonly string[] };

/** Reads which store there is, and of its settings those that this store needs: what another one needs is not looked at. */
export function storeSetting(read: SettingReader): StoreSetting | null {
  const kind = read.required("STORE", kinds.word(["sqlite", "cosmos"]), "sqlite");
  if (kind === null) return null;
  return kind === "sqlite" ? sqliteSetting(read) : cosmosSetting(read);
}

function sqliteSetting(read: SettingReader): StoreSetting | null {
  const path = sqlitePath(read);
  return path === null ? null : { kind: "sqlite", path };
}

function sqlitePath(read: SettingReader): string | null {
  return read.required("SQLITE_PATH", kinds.plainText, "data/watchdesk.db");
}

/** Cosmos DB's settings alone, for a script that needs no others; or everything that is wrong with them. */
export function loadCosmosSetting(environment: Environment): CosmosSettingOutcome {
  const read = createSettingReader(environment);
  const setting = cosmosSetting(read);
  if (setting === null || read.problems.length > 0) return { kind: "problems", problems: read.problems };
  return { kind: "ok", setting };
}

/** How long alerts are kept after they last changed. */
export function retentionDays(read: SettingReader): number | null {
  return read.required("RETENTION_DAYS", kinds.wholeNumber(31, 3_650), "180");
}

/** What a copy of one store into the other needs: both of them, whatever STORE says. */
export interface StoreCopySettings {
  readonly sqlitePath: string;
  readonly cosmos: CosmosSetting;
  readonly retentionDays: number;
}

/** The settings of both stores, or everything that is wrong with them. */
export function loadStoreCopySettings(
  environment: Environment,
): { kind: "ok"; settings: StoreCopySettings } | { kind: "problems"; problems: readonly string[] } {
  const read = createSettingReader(environment);
  const [sqlite, cosmos, days] = [sqlitePath(read), cosmosSetting(read), retentionDays(read)];
  if (sqlite === null || cosmos === null || days === null || read.problems.length > 0) {
    return { kind: "problems", problems: read.problems };
  }
  return { kind: "ok", settings: { sqlitePath: sqlite, cosmos, retentionDays: days } };
}

function cosmosSetting(read: SettingReader): CosmosSetting | null {
  const endpoint = read.required("COSMOS_ENDPOINT", kinds.cosmosEndpoint);
  const key = read.optional("COSMOS_KEY", kinds.cosmosKey);
  const database = read.required("COSMOS_DATABASE", kinds.cosmosDatabase, "watchdesk");
  if (endpoint?.startsWith("http:") === true && !read.isSet("COSMOS_KEY")) {
    read.problem(
      "COSMOS_KEY is missing; an identity is never sent over plain http, so a loopback address needs the key.",
    );
  }
  if (endpoint === null || database === null) return null;
  return { kind: "cosmos", endpoint, key: key === null ? null : new Secret(key), database };
}
