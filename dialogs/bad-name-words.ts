import { ORGANIZATION_NAME_LIMIT } from "../services/domain/organization.ts";
import type { WrongName } from "../services/organizations/plan-import.ts";

/** Why a name cannot be an organization's; `how` says how to type one. */
export function badNameWords(reason: WrongName, length: number, how: string): string {
  switch (reason) {
    case "empty":
      return how;
    case "tooLong":
      return `A name may have up to ${ORGANIZATION_NAME_LIMIT} characters; this one has ${length}.`;
    case "unreadable":
      return "This name has characters that cannot be seen, or none that can be read. Type it by hand.";
  }
}
