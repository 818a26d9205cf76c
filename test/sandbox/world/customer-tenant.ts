import type { AlertRecord } from "./alert-record.ts";
import type { Machine } from "./machines.ts";
import { makeMachines } from "./machines.ts";
import type { SignInUser } from "./people.ts";
import { accountPeople, accountTenant } from "./people.ts";
import type { ResourceName } from "./permissions.ts";

export type TenantLetter = "A" | "B" | "C" | "D";

/** A customer's tenant as Microsoft holds it: plain data, changed by the world's methods only. */
export interface CustomerTenant {
  letter: TenantLetter;
  tenantId: string;
  displayName: string;
  verifiedDomains: { name: string; isDefault: boolean; isInitial: boolean }[];
  users: SignInUser[];
  hasDefender: boolean;
  /** Whether the Defender app has a service principal here, and since when. */
  consentedAt: Date | null;
  grants: Record<ResourceName, Set<string>>;
  /** Values the next Accept leaves out, as "graph/User.Read.All". */
  withheld: Set<string>;
  /** Tokens of an older generation are refused by the APIs. */
  tokenGeneration: number;
  oldestGeneration: number;
  alerts: Map<string, AlertRecord>;
  machines: Machine[];
}

const seeds = [
  { letter: "A", tenantId: "aaaa1111-0c2d-4f11-9e6a-7d3b5a10000a", name: "Contoso Dental", domain: "contoso-dental" },
  { letter: "B", tenantId: "bbbb2222-1d3e-4a22-8f7b-8e4c6b20000b", name: "Fabrikam Logistics", domain: "fabrikam" },
  { letter: "C", tenantId: "cccc3333-2e4f-4b33-9a8c-9f5d7c30000c", name: "Northwind Legal", domain: "northwind-legal" },
  { letter: "D", tenantId: "dddd4444-3f50-4c44-8b9d-a06e8d40000d", name: "Tailspin Toys", domain: "tailspin" },
] as const;

const admins: Record<TenantLetter, string> = {
  A: "Nora Castillo",
  B: "Viktor Brandt",
  C: "Aiko Tanaka",
  D: "Ruth Adeyemi",
};

/** Tenants A to D, nothing consented yet; D has no Defender for Endpoint. */
export function makeCustomerTenants(): CustomerTenant[] {
  return seeds.map((seed) => {
    const domain = `${seed.domain}.example`;
    return {
      letter: seed.letter,
      tenantId: seed.tenantId,
      displayName: seed.name,
      verifiedDomains: [
        { name: domain, isDefault: true, isInitial: false },
        { name: `${seed.domain.replace("-", "")}.onmicrosoft.com`, isDefault: false, isInitial: true },
      ],
      users: makeUsers(seed.letter, seed.tenantId, domain),
      hasDefender: seed.letter !== "D",
      consentedAt: null,
      grants: { graph: new Set<string>(), defender: new Set<string>() },
      withheld: new Set<string>(),
      tokenGeneration: 1,
      oldestGeneration: 1,
      alerts: new Map<string, AlertRecord>(),
      machines: seed.letter === "D" ? [] : makeMachines(seed.letter, domain),
    };
  });
}

function makeUsers(letter: TenantLetter, tenantId: string, domain: string): SignInUser[] {
  const name = admins[letter];
  const admin: SignInUser = {
    key: `admin-${letter.toLowerCase()}`,
    tenantId,
    objectId: userId(letter, 1),
    userPrincipalName: `${name.toLowerCase().replace(" ", ".")}@${domain}`,
    displayName: name,
    role: "globalAdministrator",
  };
  if (letter !== "A") return [admin];
  const guest = accountPeople[1];
  return [
    admin,
    {
      key: "user-a",
      tenantId,
      objectId: userId(letter, 2),
      userPrincipalName: `leo.park@${domain}`,
      displayName: "Leo Park",
      role: "user",
    },
    {
      key: "guest-a",
      tenantId,
      objectId: userId(letter, 3),
      userPrincipalName: guest?.userPrincipalName ?? "",
      displayName: guest?.displayName ?? "",
      role: "globalAdministrator",
      guestOf: accountTenant.tenantId,
    },
    {
      key: "privileged-a",
      tenantId,
      objectId: userId(letter, 4),
      userPrincipalName: `sam.ortega@${domain}`,
      displayName: "Sam Ortega",
      role: "privilegedRoleAdministrator",
    },
  ];
}

function userId(letter: TenantLetter, number: number): string {
  return `0b1ec700-00${letter.toLowerCase()}0-4000-8000-00000000000${number}`;
}
