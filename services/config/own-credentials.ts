import type { Instant } from "../domain/instant.ts";
import type { Settings } from "./settings.ts";

/** Our own credentials with the day each ends, named by the setting that an operator has to change. */
export function ownCredentials(
  settings: Pick<Settings, "bot" | "defenderApp">,
): readonly { setting: string; kind: "secret" | "certificate"; expiresAt: Instant }[] {
  const { bot, defenderApp } = settings;
  const defender = defenderApp.credential;
  return [
    {
      setting: defender.kind === "secret" ? "DEFENDER_APP_SECRET" : "DEFENDER_APP_CERTIFICATE",
      kind: defender.kind,
      expiresAt: defender.expiresAt,
    },
    { setting: "BOT_APP_PASSWORD", kind: bot.credential.kind, expiresAt: bot.credential.expiresAt },
  ];
}
