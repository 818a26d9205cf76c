/** One line of README's configuration table. */
interface SettingLine {
  readonly name: string;
  /** As it is typed; "-" where there is none and the setting is required, "none" where it may be left out. */
  readonly default: string;
  readonly meaning: string;
}

const line = (name: string, standard: string, meaning: string): SettingLine => ({ name, default: standard, meaning });

/** Every setting that the bot reads, in README's order; loadSettings reads no other. */
export const SETTINGS: readonly SettingLine[] = [
  line("PORT", "3978", "The bot listens on this port."),
  line("HOST", "0.0.0.0", "The bot listens on this address."),
  line(
    "PUBLIC_URL",
    "-",
    "The https address of the bot as browsers reach it (http for loopback only); consent redirects live under it.",
  ),
  line("BOT_APP_ID", "-", "The application id of the bot's own registration."),
  line("BOT_APP_PASSWORD", "-", "The client secret of the bot's registration."),
  line("BOT_APP_PASSWORD_EXPIRES", "-", "The day on which that secret ends, such as 2027-11-22."),
  line("BOT_TENANT_ID", "-", "The tenant that the bot's registration lives in."),
  line("BOT_APP_TYPE", "SingleTenant", "SingleTenant; managed identities are not there yet."),
  line(
    "ACCOUNTS",
    "-",
    "Whose Teams may use the bot: tenantId=Display name, comma separated; the name is what consent pages show.",
  ),
  line("ACCOUNT_ADMINS", "-", "Entra object ids of the first admins, comma separated."),
  line(
    "DEFENDER_APP_ID",
    "-",
    "The application id of the multi-tenant app that customers consent to; never the bot's registration.",
  ),
  line("DEFENDER_APP_SECRET", "-", "Its client secret; give this or DEFENDER_APP_CERTIFICATE."),
  line("DEFENDER_APP_SECRET_EXPIRES", "-", "The day on which that secret ends; required with a secret."),
  line("DEFENDER_APP_CERTIFICATE", "none", "A PEM file with the app's certificate and private key."),
  line("CLOUD", "public", "Microsoft's cloud: public, gcc or gcchigh."),
  line("LOGIN_URL", "by cloud", "Another sign-in service; loopback only."),
  line("GRAPH_URL", "by cloud", "Another Microsoft Graph; loopback only."),
  line("DEFENDER_URL", "by cloud", "Another Defender for Endpoint; loopback only."),
  line("BOT_OPENID_METADATA_URL", "by cloud", "Other keys for the tokens that Teams sends; loopback only."),
  line(
    "BOT_TOKEN_ISSUER",
    "by cloud",
    "Another issuer of the tokens that Teams sends; loopback, or one of the Bot Framework's own.",
  ),
  line("TEAMS_SERVICE_URLS", "by cloud", "Other Teams services, comma separated; loopback only."),
  line(
    "HUNTRESS_API_KEY",
    "none",
    "The key of a Huntress account whose organizations are kept in step here; reading only.",
  ),
  line("HUNTRESS_API_SECRET", "none", "Its secret; required with the key."),
  line("HUNTRESS_ACCOUNT", "none", "Which of ACCOUNTS these credentials serve, by its id; required with the key."),
  line("HUNTRESS_URL", "none", "Another Huntress API than https://api.huntress.io; loopback only."),
  line("STORE", "sqlite", "sqlite, a file on this machine; or cosmos, Azure Cosmos DB."),
  line("SQLITE_PATH", "data/watchdesk.db", "The database file of the sqlite store."),
  line("COSMOS_ENDPOINT", "none", "The https address of the Cosmos DB account; required with STORE=cosmos."),
  line("COSMOS_KEY", "none", "A read-write key of the account; left out, the machine's managed identity signs in."),
  line("COSMOS_DATABASE", "watchdesk", "The database in that account; `npm run cosmos:init` makes it."),
  line("QUEUE", "local", "local; redis is not there yet."),
  line("ROLE", "all", "all; web and worker are not there yet."),
  line("SYNC_INTERVAL_SECONDS", "60", "Each tenant is read this often; 5 or more."),
  line("RETENTION_DAYS", "180", "Alerts and their history are kept for so many days; 31 or more."),
  line("ADMIN_PORT", "none", "Metrics and readiness with its reasons are served on this port; without it, nowhere."),
  line("ADMIN_HOST", "127.0.0.1", "The address of that port; nobody is asked who they are there, so keep it private."),
  line("LOG_LEVEL", "info", "trace, debug, info, warn, error, fatal or silent."),
];
