import { z } from "zod";
import type { Account } from "../domain/account.ts";
import type { Instant } from "../domain/instant.ts";

/** What a setting's text may be. Each error message completes the sentence "NAME ..." and says how to mend it. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BOT_FRAMEWORK_ISSUERS: readonly string[] = ["https://api.botframework.com", "https://api.botframework.us"];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An Entra id, in lower case. */
export const guid = z
  .string()
  .regex(GUID, "is not an Entra id; copy it from the Entra admin center, such as 1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f")
  .toLowerCase();

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

/** One of a few words; `absent` are words that will be right one day. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words, absent: readonly string[] = []) {
  return z.enum(words, {
    error: ({ input }) =>
      absent.includes(String(input))
        ? `${String(input)} is not there yet; leave it out or set ${words[0]}`
        : `must be ${words.join(", ")}`,
  });
}

export const plainText = z.string();

/** The first half of a Basic credential: a colon would end it. */
export const basicUser = z
  .string()
  .regex(/^[^:\s]+$/, "holds a colon or a space; copy the key alone, not key and secret together");

/** A day, such as 2027-11-22: good until its end in UTC. */
export const day = z.iso
  .date("must be a day, such as 2027-11-22; the secret's page in Entra shows it")
  .transform((text): Instant => `${text}T23:59:59.999Z`);

/** Another service for a sandbox, without a slash at the end. */
export const loopbackUrl = z
  .string()
  .refine(isLoopbackUrl, "is taken for loopback addresses only, such as http://127.0.0.1:4000; leave it out otherwise")
  .transform((text) => text.replace(/\/+$/, ""));

export const loopbackUrls = z.string().transform(parts).pipe(z.array(loopbackUrl).min(1));

export const tokenIssuer = z
  .string()
  .refine(
    (text) => isLoopbackUrl(text) || BOT_FRAMEWORK_ISSUERS.includes(text),
    "is taken for loopback addresses and the Bot Framework's own issuers only; leave it out otherwise",
  );

/** The bot's own address, without a slash at the end. */
export const publicUrl = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    const plain = url !== null && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
    return plain && (url.protocol === "https:" || isLoopbackUrl(text));
  }, "must be the bot's https address (http for loopback only), such as https://watchdesk.example.com")
  .transform((text) => new URL(text).href.replace(/\/+$/, ""));

/** The address of a Cosmos DB account, without a slash at the end. */
export const cosmosEndpoint = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    const plain = url !== null && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
    return plain && (url.protocol === "https:" || isLoopbackUrl(text));
  }, "must be the account's https address (http for loopback only), such as https://example.documents.azure.com")
  .transform((text) => new URL(text).origin);

/** A key is 64 bytes as base64; the message shows nothing of what was set, which may be a secret all the same. */
export const cosmosKey = z
  .string()
  .regex(
    /^[A-Za-z0-9+/]{86}==$/,
    "is no key of Cosmos DB; copy the primary or secondary key whole, not the connection string",
  );

/** https://learn.microsoft.com/rest/api/cosmos-db/create-a-database */
export const cosmosDatabase = z
  .string()
  .regex(/^[^/\\?#]{1,255}$/, "is no name for a database; it has up to 255 characters and none of / \\ ? #");

/** Entra ids, comma separated. */
export const guids = z.string().transform(parts).pipe(z.array(guid).min(1, "must name at least one Entra object id"));

/** `tenantId=Display name` pairs, comma separated. */
export const accounts = z.string().transform((text, context): Account[] => {
  const found = parts(text).map((pair) => {
    const at = pair.indexOf("=");
    return { id: pair.slice(0, Math.max(at, 0)).trim().toLowerCase(), name: pair.slice(at + 1).trim(), whole: at > 0 };
  });
  const right = found.every(({ id, name, whole }) => whole && GUID.test(id) && name !== "" && name.length <= 80);
  if (found.length === 0 || !right) {
    const message = "must hold pairs of tenantId=Display name, comma separated; names have at most 80 characters";
    context.addIssue({ code: "custom", message });
  }
  if (new Set(found.map(({ id }) => id)).size < found.length) {
    context.addIssue({ code: "custom", message: "names one tenant twice; keep one line of it" });
  }
  return found.map(({ id, name }) => ({ id, name }));
});

function parts(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && LOOPBACK.test(url.hostname);
}
