import { z } from "zod";
import type { Evidence } from "../domain/evidence.ts";

/** Anything that is no text counts as absent: one odd detail must not cost the evidence. */
const text = z.string().nullish().catch(null);
const whole = z.number().int().nullish().catch(null);
const part = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).nullish().catch(null);
const file = part({ fileName: text, filePath: text, sha256: text, sha1: text });

const evidenceSchema = z.object({
  "@odata.type": text,
  remediationStatus: text,
  mdeDeviceId: text,
  deviceDnsName: text,
  hostName: text,
  userAccount: part({ accountName: text, displayName: text, userPrincipalName: text }),
  fileDetails: file,
  imageFile: file,
  processId: whole,
  processCommandLine: text,
  ipAddress: text,
  url: text,
});

type GraphEvidence = z.infer<typeof evidenceSchema>;

/** The most evidence items kept of one alert. */
const KEPT = 500;
const LONGEST = 4_000;

/**
 * Evidence as Graph wrote it (`evidence` of security/alerts_v2), the first 500 items. Kinds we do not know, and items
 * whose naming detail is missing, keep their type's name.
 */
export function readEvidence(items: readonly unknown[]): readonly Evidence[] {
  return items.slice(0, KEPT).map((item) => {
    const parsed = evidenceSchema.safeParse(item);
    return parsed.success ? toEvidence(parsed.data) : { kind: "other", type: "unknown", remediation: "unknown" };
  });
}

function toEvidence(item: GraphEvidence): Evidence {
  const remediation = cut(item.remediationStatus) ?? "unknown";
  const type = cut(item["@odata.type"])?.split(".").at(-1) ?? "unknown";
  switch (type) {
    case "deviceEvidence": {
      const machineId = cut(item.mdeDeviceId);
      const name = cut(item.deviceDnsName) ?? cut(item.hostName) ?? machineId;
      return name === null ? { kind: "other", type, remediation } : { kind: "device", name, machineId, remediation };
    }
    case "userEvidence": {
      const signInName = cut(item.userAccount?.userPrincipalName);
      const name = cut(item.userAccount?.displayName) ?? signInName ?? cut(item.userAccount?.accountName);
      return name === null ? { kind: "other", type, remediation } : { kind: "user", name, signInName, remediation };
    }
    case "fileEvidence":
      return toFile(item, type, remediation);
    case "processEvidence":
      return toProcess(item, type, remediation);
    case "ipEvidence": {
      const address = cut(item.ipAddress);
      return address === null ? { kind: "other", type, remediation } : { kind: "ip", address, remediation };
    }
    case "urlEvidence": {
      const url = cut(item.url);
      return url === null ? { kind: "other", type, remediation } : { kind: "url", url, remediation };
    }
    default:
      return { kind: "other", type, remediation };
  }
}

function toFile(item: GraphEvidence, type: string, remediation: string): Evidence {
  const sha256 = cut(item.fileDetails?.sha256);
  const sha1 = cut(item.fileDetails?.sha1);
  const name = cut(item.fileDetails?.fileName) ?? sha256 ?? sha1;
  if (name === null) return { kind: "other", type, remediation };
  return { kind: "file", name, path: cut(item.fileDetails?.filePath), sha256, sha1, remediation };
}

function toProcess(item: GraphEvidence, type: string, remediation: string): Evidence {
  const commandLine = cut(item.processCommandLine);
  const processId = item.processId ?? null;
  const name = cut(item.imageFile?.fileName) ?? commandLine ?? (processId === null ? null : `process ${processId}`);
  return name === null
    ? { kind: "other", type, remediation }
    : { kind: "process", name, processId, commandLine, remediation };
}

function cut(value: string | null | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : value.slice(0, LONGEST);
}
