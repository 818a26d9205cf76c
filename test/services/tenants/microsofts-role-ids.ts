/**
 * The ids of the app roles as Microsoft publishes them, written down apart from the book so that a slip in one of the two shows:
 * https://learn.microsoft.com/graph/permissions-reference, and for WindowsDefenderATP its service principal's appRoles.
 */
export const MICROSOFTS_ROLE_IDS: Readonly<Record<string, string>> = {
  "graph/Organization.Read.All": "498476ce-e0fe-48b0-b801-37ba7e2685c6",
  "graph/SecurityAlert.ReadWrite.All": "ed4fca05-be46-441f-9803-1873825f8fdb",
  "graph/SecurityEvents.ReadWrite.All": "d903a879-88e0-4c09-b0c9-82f6a1333f84",
  "graph/SecurityIncident.ReadWrite.All": "34bf0e97-1971-4929-b999-9e2442d941d7",
  "graph/User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
  "defender/AdvancedQuery.Read.All": "93489bf5-0fbc-4f2d-b901-33f2fe08ff05",
  "defender/Alert.ReadWrite.All": "0f7000ec-157b-497f-b70e-ef0b0584f140",
  "defender/Event.Write": "84ddd701-5fac-4c30-b0ad-aa73a67bea1a",
  "defender/File.Read.All": "8788f1a9-beca-4e26-ba58-10513f3b896f",
  "defender/IntegrationConfiguration.ReadWrite": "7c6f6912-60e9-4fcd-bb2a-c25bc35e8c59",
  "defender/Ip.Read.All": "47bf842d-354b-49ef-b741-3a6dd815bc13",
  "defender/Library.Manage": "41d209c7-2511-4fc9-b899-8008a3976f09",
  "defender/Machine.CollectForensics": "15405ab2-2103-4a3c-ad80-e829841cedcc",
  "defender/Machine.Isolate": "7e4e1300-e1b9-4102-88ba-f0cb6e6d5974",
  "defender/Machine.ReadWrite.All": "aa027352-232b-4ed4-b963-a705fc4d6d2c",
  "defender/Machine.RestrictExecution": "96b6b35d-074d-4e2d-b167-8d68d9269648",
  "defender/Machine.Scan": "a86d9824-b2b6-45f8-b042-16bc4922ed4e",
  "defender/RemediationTasks.Read.All": "6a33eedf-ba73-4e5a-821b-f057ef63853a",
  "defender/Score.Read.All": "02b005dd-f804-43b4-8fc7-078460413f74",
  "defender/SecurityBaselinesAssessment.Read.All": "e870c0c1-c1a2-41ca-948e-a33912d2d3f0",
  "defender/SecurityConfiguration.ReadWrite.All": "e5e05709-32a3-4c85-89c8-67596eb94f24",
  "defender/SecurityRecommendation.Read.All": "6443965c-7dd2-4cfd-b38f-bb7772bee163",
  "defender/Software.Read.All": "37f71c98-d198-41ae-964d-2c49aab74926",
  "defender/Ti.ReadWrite.All": "fc511a58-3adf-4d71-af24-00f13e35e479",
  "defender/Url.Read.All": "721af526-ffa8-42d7-9b84-1a56244dd99d",
  "defender/User.Read.All": "a833834a-4cf1-4732-8acf-bbcfa13fb610",
  "defender/Vulnerability.Read.All": "41269fc5-d04d-4bfd-bce7-43a51cea049a",
};
