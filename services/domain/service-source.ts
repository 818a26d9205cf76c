import { DEFENDER_FOR_ENDPOINT } from "./alert.ts";

/** The products whose alerts Graph `security/alerts_v2` carries, as it names them in `serviceSource`. */
export const ALL_SOURCES: readonly string[] = [
  DEFENDER_FOR_ENDPOINT,
  "microsoftDefenderForIdentity",
  "microsoftDefenderForCloudApps",
  "microsoftDefenderForOffice365",
  "microsoft365Defender",
  "azureAdIdentityProtection",
  "microsoftAppGovernance",
  "dataLossPrevention",
  "microsoftDefenderForCloud",
  "microsoftSentinel",
  "microsoftInsiderRiskManagement",
  "microsoftThreatIntelligence",
  "microsoftSecurityForAI",
];
