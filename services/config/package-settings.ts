/** What the Teams package says of the bot it belongs to. */
export interface PackageSettings {
  /** The bot's registration (`BOT_APP_ID`); it is the Teams app's id as well. */
  readonly botAppId: string;
  /** Where browsers reach the bot (`PUBLIC_URL`): https, without a slash at the end. */
  readonly publicUrl: string;
  /** True if a value was not set: the package is then a sample, valid but of no use to upload. */
  readonly isSample: boolean;
}

/** The settings, or every reason why there are none, a sentence each. */
export type PackageSettingsOutcome =
  | { readonly kind: "read"; readonly settings: PackageSettings }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

const SAMPLE_BOT_APP_ID = "00000000-0000-4000-8000-000000000000";
const SAMPLE_PUBLIC_URL = "https://watchdesk.example";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the package's settings from the environment of this process, after an `.env` file in the working directory. */
export function readPackageSettings(): PackageSettingsOutcome {
  try {
    process.loadEnvFile();
  } catch {
    // No .env file: the environment says everything.
  }
  return parsePackageSettings(process.env);
}

/** Reads the package's settings from the given variables; what isn't set or empty takes the sample value. */
export function parsePackageSettings(variables: Readonly<Record<string, string | undefined>>): PackageSettingsOutcome {
  const botAppId = variables.BOT_APP_ID || SAMPLE_BOT_APP_ID;
  const publicUrl = variables.PUBLIC_URL || SAMPLE_PUBLIC_URL;
  const problems: string[] = [];
  if (!guid.test(botAppId)) {
    problems.push(
      "BOT_APP_ID is not an application id: copy it from the bot's registration in Entra, as in 1a2b3c4d-....",
    );
  }
  const url = URL.parse(publicUrl);
  if (url?.protocol !== "https:") {
    problems.push(
      "PUBLIC_URL is not an https address: Teams takes no other, so give the address of your proxy or tunnel.",
    );
  }
  if (url === null || problems.length > 0) return { kind: "wrong", problems };
  return {
    kind: "read",
    settings: {
      botAppId: botAppId.toLowerCase(),
      publicUrl: url.href.replace(/\/+$/, ""),
      isSample: !variables.BOT_APP_ID || !variables.PUBLIC_URL,
    },
  };
}
