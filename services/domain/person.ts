/** Somebody of Teams: the Entra object id decides, name and sign-in name are for reading only. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The sign-in name (UPN) as the roster gives it; null where the roster hides it. */
  readonly signInName: string | null;
}
