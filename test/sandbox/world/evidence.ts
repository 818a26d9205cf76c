import { createHash } from "node:crypto";
import type { Machine } from "./machines.ts";

/** What evidence is made from: the alert's device, its user and when it was seen. */
export interface EvidenceContext {
  machine: Machine;
  user: { accountName: string; domainName: string; userPrincipalName: string; displayName: string; objectId: string };
  at: string;
}

export type Evidence = Record<string, unknown>;

function base(context: EvidenceContext, verdict: string, remediationStatus: string): Evidence {
  return {
    createdDateTime: context.at,
    verdict,
    remediationStatus,
    remediationStatusDetails: null,
    roles: [],
    detailedRoles: [],
    tags: [],
  };
}

function hashes(name: string): { md5: string; sha1: string; sha256: string } {
  const of = (algorithm: string) => createHash(algorithm).update(name).digest("hex");
  return { md5: of("md5"), sha1: of("sha1"), sha256: of("sha256") };
}

function fileDetails(fileName: string, filePath: string, publisher: string | null): Evidence {
  return {
    ...hashes(`${filePath}\\${fileName}`),
    sha256Ac: null,
    fileName,
    filePath,
    fileSize: 10_240 + fileName.length * 977,
    filePublisher: publisher,
    signer: publisher,
    issuer: publisher === null ? null : "Microsoft Code Signing PCA 2011",
  };
}

function userAccount(context: EvidenceContext): Evidence {
  return {
    accountName: context.user.accountName,
    domainName: context.user.domainName,
    userSid: "S-1-5-21-2127521184-1604012920-1887927527-72713",
    azureAdUserId: context.user.objectId,
    userPrincipalName: context.user.userPrincipalName,
    displayName: context.user.displayName,
  };
}

export function deviceEvidence(context: EvidenceContext): Evidence {
  const { machine } = context;
  const hostName = machine.computerDnsName.split(".")[0] ?? machine.computerDnsName;
  return {
    "@odata.type": "#microsoft.graph.security.deviceEvidence",
    ...base(context, "unknown", "none"),
    roles: ["compromised"],
    detailedRoles: ["PrimaryDevice"],
    firstSeenDateTime: machine.firstSeen,
    mdeDeviceId: machine.id,
    azureAdDeviceId: machine.isAadJoined ? machine.aadDeviceId : null,
    deviceDnsName: machine.computerDnsName,
    hostName,
    ntDomain: null,
    dnsDomain: machine.computerDnsName.slice(hostName.length + 1),
    osPlatform: machine.osPlatform,
    osBuild: machine.osBuild,
    version: machine.version,
    healthStatus: "active",
    riskScore: machine.riskScore.toLowerCase(),
    rbacGroupId: machine.rbacGroupId,
    rbacGroupName: machine.rbacGroupName,
    onboardingStatus: "onboarded",
    defenderAvStatus: "updated",
    lastIpAddress: machine.lastIpAddress,
    lastExternalIpAddress: machine.lastExternalIpAddress,
    ipInterfaces: [machine.lastIpAddress, "fe80::5c1a:9aff:fe4e:21d3", "127.0.0.1"],
    loggedOnUsers: [{ accountName: context.user.accountName, domainName: context.user.domainName }],
    vmMetadata: null,
  };
}

export function userEvidence(context: EvidenceContext): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.userEvidence",
    ...base(context, "suspicious", "none"),
    stream: null,
    userAccount: userAccount(context),
  };
}

export function fileEvidence(
  context: EvidenceContext,
  file: { name: string; path: string; verdict?: string; remediation?: string; publisher?: string },
): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.fileEvidence",
    ...base(context, file.verdict ?? "malicious", file.remediation ?? "prevented"),
    detectionStatus: file.remediation === "active" ? "detected" : "prevented",
    mdeDeviceId: context.machine.id,
    fileDetails: fileDetails(file.name, file.path, file.publisher ?? null),
  };
}

export function processEvidence(
  context: EvidenceContext,
  process: { image: string; path: string; commandLine: string; parent: string; verdict?: string; remediation?: string },
): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.processEvidence",
    ...base(context, process.verdict ?? "suspicious", process.remediation ?? "none"),
    processId: 4780,
    parentProcessId: 668,
    processCommandLine: process.commandLine,
    processCreationDateTime: context.at,
    parentProcessCreationDateTime: context.at,
    detectionStatus: "detected",
    mdeDeviceId: context.machine.id,
    imageFile: fileDetails(process.image, process.path, "Microsoft Corporation"),
    parentProcessImageFile: fileDetails(process.parent, "C:\\Windows\\System32", "Microsoft Corporation"),
    userAccount: userAccount(context),
  };
}

export function ipEvidence(context: EvidenceContext, ipAddress: string, countryLetterCode: string | null): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.ipEvidence",
    ...base(context, "suspicious", "none"),
    ipAddress,
    countryLetterCode,
    location: null,
  };
}

export function urlEvidence(context: EvidenceContext, url: string, remediationStatus = "blocked"): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.urlEvidence",
    ...base(context, "malicious", remediationStatus),
    url,
  };
}

export function registryKeyEvidence(context: EvidenceContext, registryKey: string): Evidence {
  return {
    "@odata.type": "#microsoft.graph.security.registryKeyEvidence",
    ...base(context, "suspicious", "none"),
    registryHive: "HKEY_LOCAL_MACHINE",
    registryKey,
  };
}
