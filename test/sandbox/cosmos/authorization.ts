import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

/** What a path means to the signature: the kind of resource, and the path of the resource or of its owner. */
interface SignedResource {
  type: string;
  link: string;
}

/**
 * Judges the authorization header, after
 * https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources: a master key signs verb, kind, resource and
 * date; a token of Entra (`type=aad`) reads and writes items, and is refused where databases and containers are made
 * (https://learn.microsoft.com/azure/cosmos-db/how-to-setup-rbac). The package looks at none of it.
 */
export function refuseAuthorization(
  key: string,
  request: { method: string; path: string; headers: IncomingHttpHeaders },
): CosmosRefusal | undefined {
  const given = new URLSearchParams(decodeURIComponent(request.headers.authorization ?? "").replaceAll("+", "%2B"));
  const resource = signedResource(request.method, request.path);
  if (given.get("type") === "aad") {
    const manages = request.method !== "GET" && (resource.type === "dbs" || resource.type === "colls");
    return manages
      ? refusal(403, "Request blocked by Auth: the principal has no permission for this action.", 5300)
      : undefined;
  }
  const date = String(request.headers["x-ms-date"] ?? "").toLowerCase();
  const text = `${request.method.toLowerCase()}\n${resource.type}\n${resource.link}\n${date}\n\n`;
  const right = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest();
  const sent = Buffer.from(given.get("sig") ?? "", "base64");
  if (given.get("type") === "master" && sent.length === right.length && timingSafeEqual(sent, right)) return undefined;
  return refusal(401, "The input authorization token can't serve the request.");
}

function signedResource(method: string, path: string): SignedResource {
  const parts = path.split("/").filter((part) => part !== "");
  const named = parts.length % 2 === 0;
  const kind = named ? parts.at(-2) : parts.at(-1);
  const owner = named ? parts : parts.slice(0, -1);
  // The link stands in the signature as it is stored, not as the address spells it.
  return { type: kind ?? "", link: method === "" ? "" : owner.map(decodeURIComponent).join("/") };
}
