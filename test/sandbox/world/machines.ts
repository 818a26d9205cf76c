/** A device as Defender for Endpoint lists it (Machine resource type). */
export interface Machine {
  id: string;
  computerDnsName: string;
  firstSeen: string;
  lastSeen: string;
  osPlatform: string;
  version: string;
  osProcessor: string;
  lastIpAddress: string;
  lastExternalIpAddress: string;
  osBuild: number;
  healthStatus: string;
  rbacGroupId: number;
  rbacGroupName: string;
  riskScore: string;
  exposureLevel: string;
  isAadJoined: boolean;
  aadDeviceId: string;
  machineTags: string[];
}

const kinds = [
  { name: "fd-laptop-07", os: "Windows11", version: "24H2", build: 26100, risk: "Medium" },
  { name: "acct-ws-12", os: "Windows11", version: "23H2", build: 22631, risk: "Low" },
  { name: "srv-files-01", os: "WindowsServer2022", version: "21H2", build: 20348, risk: "High" },
  { name: "srv-dc-01", os: "WindowsServer2019", version: "1809", build: 17763, risk: "None" },
] as const;

/** Four devices of one tenant, their ids 40 hex digits as Defender's are. */
export function makeMachines(letter: string, domain: string): Machine[] {
  return kinds.map((kind, index) => ({
    id: machineId(letter, index),
    computerDnsName: `${kind.name}.${domain}`,
    firstSeen: "2025-03-04T08:12:44.5512345Z",
    lastSeen: "2026-11-22T08:00:00.1000000Z",
    osPlatform: kind.os,
    version: kind.version,
    osProcessor: "x64",
    lastIpAddress: `10.20.0.${index + 21}`,
    lastExternalIpAddress: "203.0.113.24",
    osBuild: kind.build,
    healthStatus: "Active",
    rbacGroupId: 75,
    rbacGroupName: index < 2 ? "Workstations" : "Servers",
    riskScore: kind.risk,
    exposureLevel: "Medium",
    isAadJoined: index < 2,
    aadDeviceId: `c0ffee00-0000-4000-8000-${letter.charCodeAt(0).toString(16).padStart(8, "0")}000${index}`,
    machineTags: [],
  }));
}

function machineId(letter: string, index: number): string {
  const start = `${letter.toLowerCase().charCodeAt(0).toString(16)}${index}`;
  return `${start}73e7e2de709dff64ef64b1d0c30e67fab63279db`.slice(0, 40);
}
