import { ORGANIZATION_NAME_LIMIT } from "../domain/organization.ts";
import type { WrongLine } from "./plan-connections.ts";

/** Why no link can be made for a line of a list, in a sentence. */
export function wrongLineWords(reason: WrongLine): string {
  switch (reason) {
    case "empty":
      return "There is no name on this line.";
    case "tooLong":
      return `The name is longer than ${ORGANIZATION_NAME_LIMIT} characters.`;
    case "unreadable":
      return "The name has characters that cannot be seen, or none that can be read.";
    case "badDomain":
      return "What stands as the domain is not one.";
    case "sameDomain":
      return "This domain stands beside another organization already; a tenant has one organization.";
  }
}
