/** Somebody with an Entra account. */
export interface Person {
  objectId: string;
  userPrincipalName: string;
  displayName: string;
}

/** Somebody who can pick himself on the sandbox's sign-in page; `tenantId` is the tenant he signs in to. */
export interface SignInUser extends Person {
  key: string;
  tenantId: string;
  role: "globalAdministrator" | "privilegedRoleAdministrator" | "user";
  /** The home tenant of a guest; absent for a member. */
  guestOf?: string;
}

/** The MSP's own tenant: its Teams is where the bot lives. */
export const accountTenant = {
  tenantId: "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001",
  displayName: "Harbor Ridge Security",
  domain: "harborridge.example",
} as const;

/** The account's people; the first is the account's first admin. */
export const accountPeople: Person[] = [
  {
    objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000001",
    userPrincipalName: "avery.stone@harborridge.example",
    displayName: "Avery Stone",
  },
  {
    objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000002",
    userPrincipalName: "mina.okafor@harborridge.example",
    displayName: "Mina Okafor",
  },
  {
    objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000003",
    userPrincipalName: "jonas.lindqvist@harborridge.example",
    displayName: "Jonas Lindqvist",
  },
  {
    objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000004",
    userPrincipalName: "priya.raman@harborridge.example",
    displayName: "Priya Raman",
  },
  {
    objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000005",
    userPrincipalName: "tomas.novak@harborridge.example",
    displayName: "Tomas Novak",
  },
];

/** Role template ids as they stand in the `wids` claim (Microsoft Entra built-in roles). */
export const roleTemplateIds = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  user: "b79fbf4d-3ef9-4689-8143-76b194e85509",
} as const;
