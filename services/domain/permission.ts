/** The two Microsoft APIs that the Defender app asks application permissions of. */
export type PermissionResource = "graph" | "defender";

/** Why a permission is asked for: to sync, resolve and comment; to act on devices and indicators; or to show more about an alert. */
export type PermissionTier = "core" | "response" | "insight";

/** One application permission that a customer's admin is asked to grant. */
export interface Permission {
  readonly resource: PermissionResource;
  /** Microsoft's spelling, as it stands in the `roles` of a token. The same value may exist on both resources. */
  readonly value: string;
  /** Other spellings seen in documents and portals; taken for the same permission when roles are compared. */
  readonly otherSpellings: readonly string[];
  /** The app role's id, as it stands in an app registration. */
  readonly id: string;
  readonly tier: PermissionTier;
  /** What it serves, in a word or two: "Alerts", "Device isolation". */
  readonly feature: string;
  /** The calls that need it, by method and path; null where Microsoft documents none. */
  readonly endpoint: string | null;
  /** What it is asked for, in a user's words. */
  readonly why: string;
  /** What does not work without it, in a user's words. */
  readonly without: string;
  /** False while no shipped feature uses it: it is "asked for later features". */
  readonly available: boolean;
}

/** Everything the Defender app asks for, most needed first. */
export interface PermissionBook {
  readonly resources: Readonly<Record<PermissionResource, { readonly appId: string; readonly name: string }>>;
  readonly permissions: readonly Permission[];
}
