import type { Alert } from "../services/domain/alert.ts";
import type { Evidence } from "../services/domain/evidence.ts";
import { inertText } from "./plain-text.ts";
import { timeWords } from "./time-words.ts";

export type Fact = { readonly name: string; readonly value: string };

/** The four facts people look for first: device, user, category and first seen; what is not known is left out. */
export function alertFacts(alert: Alert): readonly Fact[] {
  const facts: Fact[] = [];
  const device = firstOf(alert.evidence, "device");
  const user = firstOf(alert.evidence, "user");
  if (device !== null) facts.push({ name: "Device", value: device });
  if (user !== null) facts.push({ name: "User", value: user });
  const category = categoryWords(alert);
  if (category !== null) facts.push({ name: "Category", value: category });
  facts.push({ name: "First\u00A0seen", value: timeWords(alert.firstActivityAt ?? alert.createdAt) });
  return facts;
}

function firstOf(evidence: readonly Evidence[], kind: "device" | "user"): string | null {
  const names = new Set(evidence.flatMap((item) => (item.kind === kind && item.name !== "" ? [item.name] : [])));
  const [first] = names;
  if (first === undefined) return null;
  return names.size === 1 ? inertText(first, 80) : `${inertText(first, 80)} and ${names.size - 1} more`;
}

/** "InitialAccess" with its MITRE techniques -> "Initial access (T1566.001)". */
function categoryWords(alert: Alert): string | null {
  const words = (alert.category ?? "").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  const techniques = inertText(alert.mitreTechniques.slice(0, 3).join(", "), 60);
  if (words === "") return techniques === "" ? null : techniques;
  const category = inertText(words.charAt(0).toUpperCase() + words.slice(1), 60);
  return techniques === "" ? category : `${category} (${techniques})`;
}
