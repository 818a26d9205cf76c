import type { RenderedCard } from "../../cards/render-card.ts";
import { alertCardExamples } from "./examples/alert-card.ts";
import { alertsCardExamples } from "./examples/alerts-card.ts";
import { auditCardExamples } from "./examples/audit-card.ts";
import { boundCardExamples } from "./examples/bound-card.ts";
import type { CardExamples } from "./examples/card-examples.ts";
import { channelsCardExamples } from "./examples/channels-card.ts";
import { confirmCardExamples } from "./examples/confirm-card.ts";
import { connectPreviewCardExamples } from "./examples/connect-preview-card.ts";
import { connectedCardExamples } from "./examples/connected-card.ts";
import { consentCardExamples } from "./examples/consent-card.ts";
import { downloadCardExamples } from "./examples/download-card.ts";
import { errorCardExamples } from "./examples/error-card.ts";
import { helpCardExamples } from "./examples/help-card.ts";
import { importPreviewCardExamples } from "./examples/import-preview-card.ts";
import { mapOrganizationCardExamples } from "./examples/map-organization-card.ts";
import { moveCardExamples } from "./examples/move-card.ts";
import { moveTargetCardExamples } from "./examples/move-target-card.ts";
import { noticeCardExamples } from "./examples/notice-card.ts";
import { organizationsCardExamples } from "./examples/organizations-card.ts";
import { removeTenantCardExamples } from "./examples/remove-tenant-card.ts";
import { removedTenantCardExamples } from "./examples/removed-tenant-card.ts";
import { retiredAlertCardExamples } from "./examples/retired-alert-card.ts";
import { rolesCardExamples } from "./examples/roles-card.ts";
import { settingsCardExamples } from "./examples/settings-card.ts";
import { tenantCardExamples } from "./examples/tenant-card.ts";
import { tenantsCardExamples } from "./examples/tenants-card.ts";
import { welcomeCardExamples } from "./examples/welcome-card.ts";

/** The examples of every card, by the card's file name. */
export const ALL_EXAMPLES: Readonly<Record<string, CardExamples>> = {
  "alert-card": alertCardExamples,
  "alerts-card": alertsCardExamples,
  "audit-card": auditCardExamples,
  "bound-card": boundCardExamples,
  "channels-card": channelsCardExamples,
  "confirm-card": confirmCardExamples,
  "connect-preview-card": connectPreviewCardExamples,
  "connected-card": connectedCardExamples,
  "consent-card": consentCardExamples,
  "download-card": downloadCardExamples,
  "error-card": errorCardExamples,
  "help-card": helpCardExamples,
  "import-preview-card": importPreviewCardExamples,
  "map-organization-card": mapOrganizationCardExamples,
  "move-card": moveCardExamples,
  "move-target-card": moveTargetCardExamples,
  "notice-card": noticeCardExamples,
  "organizations-card": organizationsCardExamples,
  "remove-tenant-card": removeTenantCardExamples,
  "removed-tenant-card": removedTenantCardExamples,
  "retired-alert-card": retiredAlertCardExamples,
  "roles-card": rolesCardExamples,
  "settings-card": settingsCardExamples,
  "tenant-card": tenantCardExamples,
  "tenants-card": tenantsCardExamples,
  "welcome-card": welcomeCardExamples,
};

/** Every example as one flat list, named "<card>.<example>". */
export function allExamples(): readonly { name: string; card: string; size: string; make: () => RenderedCard }[] {
  return Object.entries(ALL_EXAMPLES).flatMap(([card, { more = {}, ...examples }]) =>
    Object.entries({ ...examples, ...more }).map(([size, make]) => ({ name: `${card}.${size}`, card, size, make })),
  );
}
