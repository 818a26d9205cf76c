import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../services/domain/alert.ts";
import { readAlert, readComments } from "../../../services/microsoft/alert-schema.ts";

const plain = {
  id: "da637551227677560813_-961444813",
  title: "Suspicious execution of hidden file",
  description: "A hidden file has been launched.",
  severity: "low",
  status: "new",
  classification: "unknown",
  determination: "unknown",
  serviceSource: "microsoftDefenderForEndpoint",
  category: "DefenseEvasion",
  mitreTechniques: ["T1564.001"],
  assignedTo: null,
  incidentId: "28282",
  alertWebUrl: "https://security.microsoft.com/alerts/da637551227677560813_-961444813",
  createdDateTime: "2021-04-27T12:19:27.7211305Z",
  lastUpdateDateTime: "2021-05-02T14:19:01.3266667Z",
  firstActivityDateTime: "2021-04-26T07:45:50.116Z",
  resolvedDateTime: null,
  evidence: [],
  comments: [],
};

function alertOf(raw: unknown): Alert {
  const reading = readAlert(raw);
  if (reading.kind !== "alert") throw new Error("there is no alert in it");
  return reading.alert;
}

describe("readAlert", () => {
  it("names things in our words and cuts instants to milliseconds", () => {
    expect(alertOf(plain)).toEqual({
      id: "da637551227677560813_-961444813",
      title: "Suspicious execution of hidden file",
      description: "A hidden file has been launched.",
      severity: "low",
      status: "new",
      classification: null,
      determination: null,
      serviceSource: "microsoftDefenderForEndpoint",
      category: "DefenseEvasion",
      mitreTechniques: ["T1564.001"],
      assignedTo: null,
      incidentId: "28282",
      portalUrl: "https://security.microsoft.com/alerts/da637551227677560813_-961444813",
      createdAt: "2021-04-27T12:19:27.721Z",
      updatedAt: "2021-05-02T14:19:01.326Z",
      firstActivityAt: "2021-04-26T07:45:50.116Z",
      resolvedAt: null,
      evidence: [],
      comments: [],
      unreadable: false,
    });
  });

  it("stays readable with every nullable field null or absent", () => {
    const nulls = Object.fromEntries(Object.keys(plain).map((name) => [name, name === "id" ? plain.id : null]));
    for (const raw of [nulls, { id: plain.id }]) {
      const alert = alertOf(raw);
      // The id of a Defender for Endpoint alert holds the moment it was made.
      const made = "2021-04-27T12:19:27.756Z";
      expect(alert).toMatchObject({ unreadable: false, status: "unknown", severity: "unknown", createdAt: made });
      expect(alert.updatedAt).toBe(made);
    }
    expect(alertOf({ id: "other" }).createdAt).toBe("1970-01-01T00:00:00.000Z");
  });

  it("takes enum members in any letter case, and unknown ones as unknown", () => {
    expect(alertOf({ ...plain, status: "InProgress", severity: "High" })).toMatchObject({
      status: "inProgress",
      severity: "high",
    });
    expect(alertOf({ ...plain, status: "parked", severity: "critical" })).toMatchObject({
      status: "unknown",
      severity: "unknown",
      unreadable: false,
    });
    expect(alertOf({ ...plain, classification: "truePositive" }).classification).toBe("truePositive");
  });

  it("drops odd optional fields and names them", () => {
    const raw = {
      ...plain,
      category: 7,
      alertWebUrl: "javascript:alert(1)",
      mitreTechniques: "T1",
      resolvedDateTime: "soon",
    };
    const reading = readAlert(raw);
    expect(reading).toMatchObject({
      kind: "alert",
      alert: { category: null, portalUrl: null, mitreTechniques: [], resolvedAt: null, unreadable: false },
    });
    expect(reading.kind === "alert" && [...reading.dropped].sort()).toEqual([
      "alertWebUrl",
      "category",
      "mitreTechniques",
      "resolvedDateTime",
    ]);
  });

  it.each([{ title: 7 }, { status: {} }, { severity: [] }, { createdDateTime: "soon" }, { lastUpdateDateTime: 1 }])(
    "calls an alert with %j unreadable, with id, portal link and times in place",
    (odd) => {
      const alert = alertOf({ ...plain, ...odd });
      expect(alert).toMatchObject({ id: plain.id, portalUrl: plain.alertWebUrl, unreadable: true });
      expect(new Date(alert.createdAt).toISOString()).toBe(alert.createdAt);
      expect(new Date(alert.updatedAt).toISOString()).toBe(alert.updatedAt);
    },
  );

  it.each([null, "alert", 7, [], {}, { ...plain, id: "" }, { ...plain, id: 7 }])("finds nothing in %j", (raw) => {
    expect(readAlert(raw)).toEqual({ kind: "nothing" });
  });

  it("reads the evidence kinds it knows and keeps the names of the others", () => {
    const of = (type: string, rest: object) => ({ "@odata.type": `#microsoft.graph.security.${type}`, ...rest });
    const file = { fileName: "a.exe", filePath: "C:\\", sha256: "ab", sha1: null };
    const evidence = [
      of("deviceEvidence", { deviceDnsName: "pc-1", mdeDeviceId: "73e7", remediationStatus: "active" }),
      of("userEvidence", { userAccount: { displayName: null, userPrincipalName: "a@b.example", accountName: "a" } }),
      of("fileEvidence", { fileDetails: file, remediationStatus: "prevented" }),
      of("processEvidence", { processId: 4780, processCommandLine: "a.exe /x", imageFile: file }),
      of("ipEvidence", { ipAddress: "192.0.2.1", location: null }),
      of("urlEvidence", { url: "https://evil.example", remediationStatus: 5 }),
      of("registryKeyEvidence", { registryKey: "K" }),
      of("fileEvidence", { fileDetails: null }),
      "nonsense",
    ];
    expect(alertOf({ ...plain, evidence }).evidence).toEqual([
      { kind: "device", name: "pc-1", machineId: "73e7", remediation: "active" },
      { kind: "user", name: "a@b.example", signInName: "a@b.example", remediation: "unknown" },
      { kind: "file", name: "a.exe", path: "C:\\", sha256: "ab", sha1: null, remediation: "prevented" },
      { kind: "process", name: "a.exe", processId: 4780, commandLine: "a.exe /x", remediation: "unknown" },
      { kind: "ip", address: "192.0.2.1", remediation: "unknown" },
      { kind: "url", url: "https://evil.example", remediation: "unknown" },
      { kind: "other", type: "registryKeyEvidence", remediation: "unknown" },
      { kind: "other", type: "fileEvidence", remediation: "unknown" },
      { kind: "other", type: "unknown", remediation: "unknown" },
    ]);
  });

  it("keeps 500 of 10,000 evidence items", () => {
    const evidence = Array.from({ length: 10_000 }, () => ({ "@odata.type": "#x.ipEvidence", ipAddress: "192.0.2.1" }));
    expect(alertOf({ ...plain, evidence }).evidence).toHaveLength(500);
  });

  it("never throws, always gives readable times, and reads the same text alike", () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, "", "2026-11-22T14:00:00Z", "0001-01-01T00:00:00Z"));
    const fields = Object.fromEntries(Object.keys(plain).map((name) => [name, value]));
    fc.assert(
      fc.property(fc.record(fields, { requiredKeys: [] }), (raw) => {
        const alert = alertOf({ ...raw, id: "x" });
        for (const at of [alert.createdAt, alert.updatedAt]) expect(new Date(at).toISOString()).toBe(at);
        expect(readAlert(JSON.parse(JSON.stringify({ ...raw, id: "x" })))).toMatchObject({ alert });
      }),
      { numRuns: 300 },
    );
  });
});

describe("readComments", () => {
  it("keeps order and leaves out what is no comment", () => {
    const items = [
      { comment: "a", createdByDisplayName: 5, createdDateTime: "x" },
      { comment: null },
      null,
      { comment: "b" },
    ];
    expect(readComments(items)).toEqual([
      { text: "a", by: null, at: null },
      { text: "b", by: null, at: null },
    ]);
  });
});
