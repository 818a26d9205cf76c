import { readDomainName } from "../domain/domain-name.ts";
import { organizationKey, readOrganizationName } from "../domain/organization.ts";
import type { WrongName } from "../organizations/plan-import.ts";
import type { ListedName } from "../organizations/read-organization-list.ts";

/** What is known of an organization that a list may name. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
  /** `open`: a consent link of its is open or granted. */
  readonly tenant: "none" | "open" | "linked";
}

/** One line of a list, and what it comes to. */
export type PlannedLine = {
  readonly line: number;
  readonly name: string;
  readonly domain: string | null;
} & (
  | { readonly kind: "linked" | "open" | "known"; readonly organizationId: string }
  /** No organization has this name: it would be added. */
  | { readonly kind: "new" }
  /** The same organization stands on an earlier line. */
  | { readonly kind: "same"; readonly firstLine: number }
  | { readonly kind: "wrong"; readonly reason: WrongLine }
);

export type WrongLine =
  | WrongName
  /** What stands as the domain is none. */
  | "badDomain"
  /** Its domain stands beside another organization: a tenant has one organization. */
  | "sameDomain";

/** Sorts a list by what connecting it would do; `known` is by organizationKey. Pure. */
export function planConnections(
  listed: readonly ListedName[],
  known: ReadonlyMap<string, KnownOrganization>,
): readonly PlannedLine[] {
  const firstLines = new Map<string, number>();
  const domains = new Set<string>();
  return listed.map(({ line, text, domain: typed = null }): PlannedLine => {
    const reading = readOrganizationName(text);
    const domain = typed === null ? null : readDomainName(typed);
    const shown = { line, name: reading.kind === "name" ? reading.name : text, domain: domain ?? typed };
    if (reading.kind !== "name") return { ...shown, kind: "wrong", reason: reading.kind };
    const key = organizationKey(reading.name);
    const firstLine = firstLines.get(key);
    if (firstLine !== undefined) return { ...shown, kind: "same", firstLine };
    if (typed !== null && domain === null) return { ...shown, kind: "wrong", reason: "badDomain" };
    if (domain !== null && domains.has(domain)) return { ...shown, kind: "wrong", reason: "sameDomain" };
    firstLines.set(key, line);
    if (domain !== null) domains.add(domain);
    const organization = known.get(key);
    if (organization === undefined) return { ...shown, kind: "new" };
    return { ...shown, name: organization.name, kind: KINDS[organization.tenant], organizationId: organization.id };
  });
}

const KINDS = { none: "known", open: "open", linked: "linked" } as const;
