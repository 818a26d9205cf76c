import { describe, expect, it } from "vitest";
import type { LevelSettings } from "../../../services/domain/policy-settings.ts";
import { DEFAULT_SETTINGS, effectiveSettings, SETTING_NAMES } from "../../../services/policy/effective-settings.ts";
import { at, ROBIN } from "../../contract/store/store-samples.ts";

const kim = { id: "person-kim", name: "Kim Alvarez", signInName: null };
const account: LevelSettings = {
  autoResolve: { value: false, setBy: ROBIN, setAt: at(1) },
  upToSeverity: { value: "low", setBy: ROBIN, setAt: at(2) },
};
const tenant: LevelSettings = {
  autoResolve: { value: true, setBy: kim, setAt: at(3) },
  sources: { value: [], setBy: kim, setAt: at(4) },
};
const byDefault = { level: "default", by: null, at: null };

describe("effectiveSettings", () => {
  it("is the default where nobody set anything", () => {
    const effective = effectiveSettings({}, {});
    for (const name of SETTING_NAMES) {
      expect(effective[name]).toEqual({ value: DEFAULT_SETTINGS[name], origin: byDefault });
    }
    expect(SETTING_NAMES.toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
  });

  it("takes the tenant's value before the account's, and says whose it is and since when", () => {
    expect(effectiveSettings(account, tenant)).toEqual({
      autoResolve: { value: true, origin: { level: "tenant", by: "Kim Alvarez", at: at(3) } },
      comment: { value: true, origin: byDefault },
      upToSeverity: { value: "low", origin: { level: "account", by: "Robin Reyes", at: at(2) } },
      sources: { value: [], origin: { level: "tenant", by: "Kim Alvarez", at: at(4) } },
      holdWhileActive: { value: true, origin: byDefault },
    });
  });

  it("takes a value of false for a value, not for nothing set", () => {
    expect(effectiveSettings(account, {}).autoResolve.value).toBe(false);
    const off = { comment: { value: false, setBy: ROBIN, setAt: at(5) } };
    const on = { comment: { value: true, setBy: ROBIN, setAt: at(5) } };
    expect(effectiveSettings(on, off).comment.value).toBe(false);
  });
});
