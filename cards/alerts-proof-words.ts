import type { AlertsProof } from "../services/domain/alerts-proof.ts";
import { inertText } from "./plain-text.ts";
import { timeWords } from "./time-words.ts";

/** What a list without alerts says: "none" only where it is proven, else that nobody knows. */
export function alertsProofWords(proof: AlertsProof): string {
  switch (proof.kind) {
    case "noTenant":
      return "No tenant is connected yet. Say “connect tenant” to connect the first.";
    case "tenant":
      return tenantWords(proof);
    case "account":
      return accountWords(proof);
  }
}

function tenantWords(proof: Extract<AlertsProof, { kind: "tenant" }>): string {
  const name = inertText(proof.organizationName, 80);
  if (proof.proven) return `No alert matches, and ${name} is proven read.`;
  const upTo = proof.coverage === null ? "yet" : `since ${timeWords(proof.coverage)}`;
  return `No alert that Watchdesk has read matches, but ${name} is not proven read ${upTo}: alerts may be missing here. “tenants” says why.`;
}

function accountWords({ unproven, paused }: Extract<AlertsProof, { kind: "account" }>): string {
  const pausedWords =
    paused === 0 ? "" : ` ${paused === 1 ? "1 tenant is" : `${paused} tenants are`} paused and not read.`;
  if (unproven === 0) {
    return `No alert matches, and every tenant${paused === 0 ? "" : " that is not paused"} is proven read.${pausedWords}`;
  }
  const tenants = unproven === 1 ? "1 tenant is" : `${unproven} tenants are`;
  return `No alert that Watchdesk has read matches, but ${tenants} not proven read: alerts may be missing here. “tenants” says which.${pausedWords}`;
}
