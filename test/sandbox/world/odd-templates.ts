import type { AlertTemplate } from "./alert-templates.ts";
import { fileEvidence, processEvidence, urlEvidence } from "./evidence.ts";

// Written as escapes, since a right-to-left override in the source would reorder it for the reader too.
const rightToLeft = "\u202Egnp.exe\u202C \u0645\u0631\u062D\u0628\u0627";
const markdown = "**bold** [Reset your password](https://evil.example/login) ![x](https://evil.example/x.png)";
const dollar = "$";
const expression = `${dollar}{$root} ${dollar}{env.BOT_APP_PASSWORD} {{DATE(2026-01-01,SHORT)}}`;
const mention = "<at>Everyone</at> <script>alert(1)</script>";

/** Text that an attacker controls, in every place where an attacker can put it. */
const hostile: AlertTemplate = {
  title: `${markdown} ${expression} ${mention} ${rightToLeft} ${"very long title ".repeat(40)}`,
  description: `${expression}\n\n# Heading\n\n${markdown}\n\n${mention} ${rightToLeft} ${"0123456789".repeat(800)}`,
  severity: "high",
  category: `Execution ${expression}`,
  mitreTechniques: ["T1036.002", "[T1](https://evil.example)"],
  detectionSource: "microsoftDefenderForEndpoint",
  evidence: (context) => [
    fileEvidence(context, { name: `invoice${rightToLeft}`, path: `C:\\Users\\${mention}\\${markdown}` }),
    processEvidence(context, {
      image: "cmd.exe",
      path: "C:\\Windows\\System32",
      commandLine: `cmd.exe /c echo ${expression} ${markdown} ${"A".repeat(9_000)}`,
      parent: "explorer.exe",
    }),
    urlEvidence(context, "javascript:alert(document.domain)//[click](https://evil.example)"),
  ],
};

/** Enum members, evidence and nulls that nobody has documented yet; `arrive` also empties its nullable fields. */
const unknownShape: AlertTemplate = {
  title: "",
  description: "",
  severity: "critical",
  category: "SomethingNew",
  mitreTechniques: [],
  detectionSource: "quantumSensor",
  evidence: () => [
    {
      "@odata.type": "#microsoft.graph.security.quantumEvidence",
      createdDateTime: null,
      verdict: "undecided",
      remediationStatus: "waiting",
      roles: null,
      qubits: { count: 3, state: null },
    },
    {
      "@odata.type": "#microsoft.graph.security.fileEvidence",
      createdDateTime: null,
      verdict: null,
      remediationStatus: null,
      fileDetails: null,
    },
    { "@odata.type": "#microsoft.graph.security.userEvidence", userAccount: null },
  ],
};

/** An alert of another product in the same tenant, which the default policy leaves alone. */
const identityProtection: AlertTemplate = {
  title: "Unfamiliar sign-in properties",
  description: "A sign-in had properties that were not seen before for this user.",
  severity: "medium",
  category: "InitialAccess",
  mitreTechniques: ["T1078.004"],
  detectionSource: "azureAdIdentityProtection",
  serviceSource: "azureAdIdentityProtection",
  evidence: () => [],
};

/** Alerts that try the product rather than resemble a day's work. */
export const oddTemplates = { hostile, unknownShape, identityProtection } satisfies Record<string, AlertTemplate>;
