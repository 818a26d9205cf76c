import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMicrosoft } from "./microsoft-fixture.ts";

let microsoft: Awaited<ReturnType<typeof startMicrosoft>>;
beforeEach(async () => {
  microsoft = await startMicrosoft();
});
afterEach(() => microsoft.close());

describe("createGraphTenantDirectory", () => {
  it("describes a tenant by name and default domain", async () => {
    const tenantId = microsoft.consented("A");
    expect(await microsoft.directory.describe(tenantId)).toEqual({
      tenantId,
      name: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    microsoft.world.removeRole(tenantId, "Organization.Read.All");
    await expect(microsoft.directory.describe(tenantId)).rejects.toMatchObject({ code: "permission-missing" });
  });

  it("reads the roles of fresh tokens, and the next calls use those", async () => {
    const { tenantId } = microsoft.world.tenant("A");
    microsoft.world.grant(tenantId, [{ resource: "graph", value: "User.Read.All" }]);
    expect(await microsoft.directory.grantedRoles(tenantId)).toEqual({ graph: ["User.Read.All"], defender: [] });
    microsoft.world.consent(tenantId);
    const granted = await microsoft.directory.grantedRoles(tenantId);
    expect([granted.graph.length, granted.defender.length]).toEqual([5, 22]);
    expect(await microsoft.directory.describe(tenantId)).toMatchObject({ name: "Contoso Dental" });
    await expect(microsoft.directory.grantedRoles(microsoft.world.tenant("B").tenantId)).rejects.toMatchObject({
      code: "consent-missing",
    });
  });

  it("gives no Defender roles where the tenant has no Defender", async () => {
    const granted = await microsoft.directory.grantedRoles(microsoft.consented("D"));
    expect([granted.graph.length, granted.defender]).toEqual([5, []]);
  });

  it("knows whether Defender for Endpoint answers", async () => {
    expect(await microsoft.directory.probeDefender(microsoft.consented("A"))).toBe("available");
    expect(await microsoft.directory.probeDefender(microsoft.consented("D"))).toBe("notAvailable");
    const tenantId = microsoft.consented("B");
    microsoft.world.tenant("B").machines.length = 0;
    expect(await microsoft.directory.probeDefender(tenantId)).toBe("available");
  });

  it("tries one alert, and says where that is not allowed", async () => {
    const tenantId = microsoft.consented("A");
    await expect(microsoft.directory.probeAlerts(tenantId)).resolves.toBeUndefined();
    expect(microsoft.world.requests.find({ path: /alerts_v2\?\$top=1$/ })).toHaveLength(1);
    microsoft.world.removeRole(tenantId, "SecurityAlert.ReadWrite.All");
    await expect(microsoft.directory.probeAlerts(tenantId)).rejects.toMatchObject({ code: "permission-missing" });
  });

  it("forgets Defender's token when Defender goes, so that the probe sees it", async () => {
    const tenantId = microsoft.consented("A");
    expect(await microsoft.directory.probeDefender(tenantId)).toBe("available");
    microsoft.world.setDefender(tenantId, false);
    expect(await microsoft.directory.grantedRoles(tenantId)).toMatchObject({ defender: [] });
    expect(await microsoft.directory.probeDefender(tenantId)).toBe("notAvailable");
  });

  it("tells a missing role, a refusal and a failure apart", async () => {
    const tenantId = microsoft.consented("A");
    microsoft.world.removeRole(tenantId, "Machine.ReadWrite.All");
    await expect(microsoft.directory.probeDefender(tenantId)).rejects.toMatchObject({ code: "permission-missing" });
    const over = microsoft.world.fault({ api: "defender", tenantId, fault: { kind: "status", status: 403 } });
    expect(await microsoft.directory.probeDefender(tenantId)).toBe("notAvailable");
    over();
    microsoft.world.fault({ api: "defender", tenantId, fault: { kind: "status", status: 503 } });
    await expect(microsoft.directory.probeDefender(tenantId)).rejects.toMatchObject({ code: "not-answering" });
  });

  it("finds a tenant by any of its domains, and nothing for what is no tenant's domain", async () => {
    const { tenantId } = microsoft.world.tenant("A");
    expect(await microsoft.directory.findByDomain(" Contoso-Dental.example ")).toBe(tenantId);
    expect(await microsoft.directory.findByDomain("contosodental.onmicrosoft.com")).toBe(tenantId);
    for (const domain of ["nobody.example", "organizations", "common", "a/b.example", "", "x".repeat(300)]) {
      expect(await microsoft.directory.findByDomain(domain)).toBeNull();
    }
  });
});
