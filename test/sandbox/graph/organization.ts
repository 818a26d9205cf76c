import { jsonAnswer } from "../answer.ts";
import type { GatedRoute } from "./graph-gate.ts";

/** GET /v1.0/organization: the tenant's name and verified domains. */
export function organizationRoute(): GatedRoute {
  return {
    method: "GET",
    path: "/v1.0/organization",
    roles: ["Organization.Read.All"],
    throttled: false,
    handle: ({ tenant }) =>
      jsonAnswer(200, {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#organization",
        value: [
          {
            id: tenant.tenantId,
            deletedDateTime: null,
            businessPhones: [],
            city: null,
            countryLetterCode: "US",
            createdDateTime: "2019-02-11T09:30:00Z",
            displayName: tenant.displayName,
            onPremisesSyncEnabled: null,
            tenantType: "AAD",
            technicalNotificationMails: [],
            assignedPlans: tenant.hasDefender
              ? [
                  {
                    capabilityStatus: "Enabled",
                    service: "WindowsDefenderATP",
                    servicePlanId: "871d91ec-ec1a-452b-a83f-bd76c7d770ef",
                  },
                ]
              : [],
            verifiedDomains: tenant.verifiedDomains.map((domain) => ({
              ...domain,
              type: "Managed",
              capabilities: "Email",
            })),
          },
        ],
      }),
  };
}
