import { aadstsEntry } from "../domain/aadsts-book.ts";
import type { ConsentState } from "../domain/consent-journey.ts";

/** Why a sign-in did not lead on to the consent prompt. */
export type RefusalReason =
  | "signInCancelled"
  | "signInFailed"
  | "signInRefused"
  | "personalAccount"
  | "wrongTenant"
  | "guest"
  | "notAdmin"
  | "adminNotProven"
  | "anotherAttempt"
  | "tenantLinkedHere"
  | "tenantLinkedElsewhere"
  /** A consent was asked for again, and the tenant is not this account's any more. */
  | "noLongerLinked";

/** The journey's state after a refusal, and the sentence for card and page: what happened and what to do. */
export interface Refusal {
  readonly state: Extract<ConsentState, "declined" | "wrongTenant" | "notAdmin" | "refused">;
  readonly sentence: string;
}

/** What is said of each refusal; `code` is Entra's, where it gave one. It names nobody's organization: a customer's admin reads it too. */
export function refusalOf(reason: RefusalReason, expectedDomain: string | null, code: string | null = null): Refusal {
  switch (reason) {
    case "signInFailed":
      return {
        state: "refused",
        sentence: `Microsoft did not let the sign-in through (${code ?? "no reason given"}). ${aadstsEntry(code)?.sentence ?? "Open the link again to try once more."}`,
      };
    case "signInCancelled":
      return { state: "declined", sentence: "The sign-in at Microsoft was cancelled. Open the link again to go on." };
    case "signInRefused":
      return {
        state: "refused",
        sentence: "Microsoft did not confirm the sign-in. Open the link again and sign in once more.",
      };
    case "personalAccount":
      return {
        state: "refused",
        sentence:
          "A personal Microsoft account signed in. Open the link again with a work account of the customer's tenant.",
      };
    case "wrongTenant":
      return {
        state: "wrongTenant",
        sentence: `The sign-in was to another tenant than that of ${expectedDomain ?? "the customer"}. Nothing was changed. Open the link again with an account of the right tenant.`,
      };
    case "guest":
      return {
        state: "notAdmin",
        sentence:
          "A guest of the tenant signed in. Open the link again with an admin account that belongs to the tenant.",
      };
    case "notAdmin":
      return {
        state: "notAdmin",
        sentence:
          "The account that signed in is neither Global Administrator nor Privileged Role Administrator. Open the link again as one of them.",
      };
    case "adminNotProven":
      return {
        state: "refused",
        sentence:
          "Microsoft did not say whether the account is an administrator, and this tenant granted the permissions before. So it is not connected. The operator of Watchdesk can mend it: groupMembershipClaims must be DirectoryRole on the app registration.",
      };
    case "anotherAttempt":
      return {
        state: "refused",
        sentence:
          "Another connection of this tenant is under way, and Microsoft did not say whether the account is an administrator. Finish or cancel the other one first.",
      };
    case "tenantLinkedHere":
      return {
        state: "refused",
        sentence: "This tenant is already connected to another organization. Nothing was changed.",
      };
    case "noLongerLinked":
      return {
        state: "refused",
        sentence:
          "This tenant is no longer connected here, so there is nothing to consent to again. Nothing was changed.",
      };
    case "tenantLinkedElsewhere":
      return { state: "refused", sentence: "This tenant is already connected elsewhere. Nothing was changed." };
  }
}
