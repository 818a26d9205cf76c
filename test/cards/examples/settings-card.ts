import { settingsCard } from "../../../cards/settings-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { BY_TENANT, HOSTILE, HOSTILE_LONG, LATER, PRIYA, SPRING, settingsOf, TENANT, times } from "./example-parts.ts";

const base = { problem: null, now: LATER } as const;
const account = {
  ...base,
  title: "Account settings",
  level: "account",
  organizationName: null,
  tenantId: null,
} as const;
const tenant = {
  ...base,
  title: "Settings of Contoso Dental",
  level: "tenant",
  organizationName: "Contoso Dental",
  tenantId: TENANT,
} as const;
const off = settingsOf({ autoResolve: { value: false, origin: BY_TENANT } });

export const settingsCardExamples: CardExamples = {
  minimal: () => settingsCard({ ...account, effective: settingsOf(), own: {}, editable: false, saved: null }),
  typical: () => settingsCard({ ...account, effective: settingsOf(), own: {}, editable: true, saved: null }),
  worst: () =>
    settingsCard({
      now: LATER,
      problem: HOSTILE_LONG,
      title: HOSTILE_LONG,
      level: "tenant",
      organizationName: HOSTILE_LONG,
      tenantId: TENANT,
      effective: settingsOf({
        autoResolve: { value: true, origin: { level: "tenant", by: HOSTILE_LONG, at: SPRING } },
        sources: { value: times(3, () => HOSTILE), origin: { level: "tenant", by: HOSTILE_LONG, at: SPRING } },
      }),
      own: { autoResolve: { value: true, setBy: { ...PRIYA, name: HOSTILE_LONG }, setAt: SPRING } },
      editable: true,
      saved: HOSTILE_LONG,
    }),
  more: {
    tenant: () =>
      settingsCard({
        ...tenant,
        effective: off,
        own: { autoResolve: { value: false, setBy: PRIYA, setAt: SPRING } },
        editable: true,
        saved: "Auto-resolve: on → off. From now on new alerts of Contoso Dental stay open.",
      }),
    tenantRead: () => settingsCard({ ...tenant, effective: off, own: {}, editable: false, saved: null }),
  },
};
