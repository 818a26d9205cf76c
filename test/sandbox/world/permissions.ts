/** The two APIs that the Defender app asks application permissions of. */
export type ResourceName = "graph" | "defender";

/** An app-role value together with the API it belongs to (User.Read.All exists in both). */
export interface Permission {
  resource: ResourceName;
  value: string;
}

/** What each API calls itself in tokens, and its first-party application id. */
export const resources = {
  graph: {
    audience: "https://graph.microsoft.com",
    appId: "00000003-0000-0000-c000-000000000000",
    displayName: "Microsoft Graph",
  },
  defender: {
    audience: "https://api.securitycenter.microsoft.com",
    appId: "fc780465-2017-40d4-a0c5-307022471b92",
    displayName: "WindowsDefenderATP",
  },
} as const;

const graphValues = [
  "Organization.Read.All",
  "SecurityAlert.ReadWrite.All",
  "SecurityEvents.ReadWrite.All",
  "SecurityIncident.ReadWrite.All",
  "User.Read.All",
];

const defenderValues = [
  "AdvancedQuery.Read.All",
  "Alert.ReadWrite.All",
  "Event.Write",
  "File.Read.All",
  "IntegrationConfiguration.ReadWrite",
  "Ip.Read.All",
  "Library.Manage",
  "Machine.CollectForensics",
  "Machine.Isolate",
  "Machine.ReadWrite.All",
  "Machine.RestrictExecution",
  "Machine.Scan",
  "RemediationTasks.Read.All",
  "Score.Read.All",
  "SecurityBaselinesAssessment.Read.All",
  "SecurityConfiguration.ReadWrite.All",
  "SecurityRecommendation.Read.All",
  "Software.Read.All",
  "Ti.ReadWrite.All",
  "Url.Read.All",
  "User.Read.All",
  "Vulnerability.Read.All",
];

/** What the app registration asks for unless a test registers less: 5 of Graph and 22 of WindowsDefenderATP. */
export const allPermissions: Permission[] = [
  ...graphValues.map((value): Permission => ({ resource: "graph", value })),
  ...defenderValues.map((value): Permission => ({ resource: "defender", value })),
];
