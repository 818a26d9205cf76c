/** What an alert names, cut to what people act on; kinds we do not know keep their type's name. */
export type Evidence =
  | {
      readonly kind: "device";
      readonly name: string;
      readonly machineId: string | null;
      readonly remediation: Remediation;
    }
  | {
      readonly kind: "user";
      readonly name: string;
      readonly signInName: string | null;
      readonly remediation: Remediation;
    }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly path: string | null;
      readonly sha256: string | null;
      readonly sha1: string | null;
      readonly remediation: Remediation;
    }
  | {
      readonly kind: "process";
      readonly name: string;
      readonly processId: number | null;
      readonly commandLine: string | null;
      readonly remediation: Remediation;
    }
  | { readonly kind: "ip"; readonly address: string; readonly remediation: Remediation }
  | { readonly kind: "url"; readonly url: string; readonly remediation: Remediation }
  | { readonly kind: "other"; readonly type: string; readonly remediation: Remediation };

/** Graph's evidenceRemediationStatus, as it was spelled; values we do not know are kept. */
export type Remediation = string;

/** While any evidence stands so, the threat counts as active (product.md, journey 3). */
const ACTIVE_REMEDIATIONS: ReadonlySet<string> = new Set(["active", "unremediated", "pendingApproval"]);

/** Whether the evidence says that the threat is still active. */
export function threatIsActive(evidence: readonly Evidence[]): boolean {
  return evidence.some((item) => ACTIVE_REMEDIATIONS.has(item.remediation));
}
