import { readFileSync } from "node:fs";
import type { Account } from "../domain/account.ts";
import type { Instant } from "../domain/instant.ts";
import { readCertificate } from "./certificate.ts";
import { directorySettings, type HuntressSetting } from "./directory-settings.ts";
import type { Environment } from "./environment.ts";
import type { LogLevel } from "./pino-log.ts";
import { Secret } from "./secret.ts";
import * as kinds from "./setting-kinds.ts";
import { createSettingReader, type SettingReader } from "./setting-reader.ts";
import { retentionDays, type StoreSetting, storeSetting } from "./store-settings.ts";

/** A credential of an app registration, and when it ends. */
type CredentialSetting =
  | { readonly kind: "secret"; readonly secret: Secret; readonly expiresAt: Instant }
  | { readonly kind: "certificate"; readonly pem: Secret; readonly expiresAt: Instant };

interface RegistrationSetting {
  readonly appId: string;
  readonly credential: CredentialSetting;
}

/** All that an operator may set, checked. Addresses carry no slash at the end; ids are in lower case. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly bot: RegistrationSetting & { readonly tenantId: string };
  readonly accounts: readonly Account[];
  readonly accountAdmins: readonly string[];
  readonly defenderApp: RegistrationSetting;
  readonly cloud: "public" | "gcc" | "gcchigh";
  /** Null where the cloud's own address holds. */
  readonly overrides: {
    readonly loginUrl: string | null;
    readonly graphUrl: string | null;
    readonly defenderUrl: string | null;
    readonly botOpenIdMetadataUrl: string | null;
    readonly botTokenIssuer: string | null;
    readonly teamsServiceUrls: readonly string[] | null;
  };
  /** Where an account's organizations are kept in step with; null where there is none. */
  readonly directory: { readonly huntress: HuntressSetting | null };
  readonly store: StoreSetting;
  readonly queue: "local";
  readonly role: "all";
  readonly syncIntervalSeconds: number;
  readonly retentionDays: number;
  /** Where metrics and readiness with its reasons are served; nowhere while the port is null. */
  readonly admin: { readonly port: number | null; readonly host: string };
  readonly logLevel: LogLevel;
}

type SettingsOutcome =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "problems"; readonly problems: readonly string[] };

const LOG_LEVELS = ["info", "trace", "debug", "warn", "error", "fatal", "silent"] as const;

/** Every setting, frozen, or everything that is wrong with them, a sentence each that says how to mend it. */
export function loadSettings(
  environment: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, "utf8"),
): SettingsOutcome {
  const read = createSettingReader(environment);
  const accounts = read.required("ACCOUNTS", kinds.accounts);
  const candidate = {
    port: read.required("PORT", kinds.wholeNumber(0, 65_535), "3978"),
    host: read.required("HOST", kinds.plainText, "0.0.0.0"),
    publicUrl: read.required("PUBLIC_URL", kinds.publicUrl),
    bot: botOf(read),
    accounts,
    accountAdmins: read.required("ACCOUNT_ADMINS", kinds.guids),
    defenderApp: defenderAppOf(read, readFile),
    cloud: read.required("CLOUD", kinds.word(["public", "gcc", "gcchigh"]), "public"),
    overrides: {
      loginUrl: read.optional("LOGIN_URL", kinds.loopbackUrl),
      graphUrl: read.optional("GRAPH_URL", kinds.loopbackUrl),
      defenderUrl: read.optional("DEFENDER_URL", kinds.loopbackUrl),
      botOpenIdMetadataUrl: read.optional("BOT_OPENID_METADATA_URL", kinds.loopbackUrl),
      botTokenIssuer: read.optional("BOT_TOKEN_ISSUER", kinds.tokenIssuer),
      teamsServiceUrls: read.optional("TEAMS_SERVICE_URLS", kinds.loopbackUrls),
    },
    directory: directorySettings(read, accounts),
    store: storeSetting(read),
    queue: read.required("QUEUE", kinds.word(["local"], ["redis"]), "local"),
    role: read.required("ROLE", kinds.word(["all"], ["web", "worker"]), "all"),
    syncIntervalSeconds: read.required("SYNC_INTERVAL_SECONDS", kinds.wholeNumber(5, 3_600), "60"),
    retentionDays: retentionDays(read),
    admin: adminOf(read),
    logLevel: read.required("LOG_LEVEL", kinds.word(LOG_LEVELS), "info"),
  };
  if (candidate.bot !== null && candidate.bot.appId === candidate.defenderApp?.appId) {
    read.problem("DEFENDER_APP_ID is the bot's own registration; make a second one, which customers consent to.");
  }
  if (candidate.port !== 0 && candidate.admin?.port === candidate.port && read.isSet("ADMIN_PORT")) {
    read.problem("ADMIN_PORT is PORT; give another one, which Teams and browsers cannot reach.");
  }
  if (read.problems.length > 0 || !complete(candidate)) return { kind: "problems", problems: [...read.problems] };
  return { kind: "ok", settings: deepFreeze(candidate) };
}

function botOf(read: SettingReader): Settings["bot"] | null {
  read.required("BOT_APP_TYPE", kinds.word(["SingleTenant"], ["UserAssignedMSI"]), "SingleTenant");
  const appId = read.required("BOT_APP_ID", kinds.guid);
  const secret = read.required("BOT_APP_PASSWORD", kinds.plainText);
  const expiresAt = read.required("BOT_APP_PASSWORD_EXPIRES", kinds.day);
  const tenantId = read.required("BOT_TENANT_ID", kinds.guid);
  if (appId === null || secret === null || expiresAt === null || tenantId === null) return null;
  return { appId, tenantId, credential: { kind: "secret", secret: new Secret(secret), expiresAt } };
}

function defenderAppOf(read: SettingReader, readFile: (path: string) => string): Settings["defenderApp"] | null {
  const appId = read.required("DEFENDER_APP_ID", kinds.guid);
  const credential = defenderCredentialOf(read, readFile);
  return appId === null || credential === null ? null : { appId, credential };
}

function defenderCredentialOf(read: SettingReader, readFile: (path: string) => string): CredentialSetting | null {
  const secret = read.secret("DEFENDER_APP_SECRET");
  const file = read.optional("DEFENDER_APP_CERTIFICATE", kinds.plainText);
  if (secret !== null && file !== null) {
    read.problem("DEFENDER_APP_SECRET and DEFENDER_APP_CERTIFICATE are both set; keep one of them.");
    return null;
  }
  if (file !== null) return certificateOf(read, file, readFile);
  if (secret === null) {
    read.problem("DEFENDER_APP_SECRET is missing; set it, or DEFENDER_APP_CERTIFICATE to a PEM file.");
    return null;
  }
  const expiresAt = read.required("DEFENDER_APP_SECRET_EXPIRES", kinds.day);
  return expiresAt === null ? null : { kind: "secret", secret, expiresAt };
}

function certificateOf(
  read: SettingReader,
  file: string,
  readFile: (path: string) => string,
): CredentialSetting | null {
  let pem: string;
  try {
    pem = readFile(file);
  } catch {
    read.problem(`DEFENDER_APP_CERTIFICATE names ${file}, which cannot be read; give the path of a PEM file.`);
    return null;
  }
  const reading = readCertificate(pem);
  if (reading.kind === "certificate")
    return { kind: "certificate", pem: new Secret(pem), expiresAt: reading.expiresAt };
  read.problem(`DEFENDER_APP_CERTIFICATE ${reading.sentence}.`);
  return null;
}

function adminOf(read: SettingReader): Settings["admin"] | null {
  const port = read.optional("ADMIN_PORT", kinds.wholeNumber(0, 65_535));
  const host = read.required("ADMIN_HOST", kinds.plainText, "127.0.0.1");
  return host === null ? null : { port, host };
}

type Complete<Candidate> = { [Name in keyof Candidate]: Exclude<Candidate[Name], null> };

function complete<Candidate extends object>(candidate: Candidate): candidate is Candidate & Complete<Candidate> {
  return Object.values(candidate).every((value) => value !== null);
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
