import { request } from "undici";
import { SECOND } from "../services/domain/instant.ts";
import type { AttachedFiles, FileReading } from "../services/ports/attached-files.ts";
import type { Log } from "../services/ports/log.ts";

/** Where Teams keeps what people attach in chats: OneDrive and SharePoint, of each cloud. */
const FILE_HOST = /^([a-z0-9-]+\.)+sharepoint\.(com|us)$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const TIMEOUT = 8 * SECOND;

/**
 * Reads attached files by their `downloadUrl` (Teams' file.download.info), which needs no token of ours: the address
 * itself is the key, so it is never logged. `sandboxOrigins` are Teams' service origins; those on loopback serve files too.
 */
export function createTeamsFiles(deps: {
  readonly log: Log;
  readonly sandboxOrigins: readonly string[];
}): AttachedFiles {
  return {
    read: async (file, limit) => {
      if (!isFileHost(file.url, deps.sandboxOrigins)) return { kind: "foreignHost" };
      try {
        return await download(file.url, limit);
      } catch (cause) {
        deps.log.warn("An attached file could not be read.", {
          error: cause instanceof Error ? cause.name : "unknown",
        });
        return { kind: "notReadable" };
      }
    },
  };
}

/** Whether a file may be fetched from there: https on the usual port of a file host, no user in the address. */
export function isFileHost(address: string, sandboxOrigins: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (LOOPBACK.test(url.hostname)) return sandboxOrigins.includes(url.origin);
  return url.protocol === "https:" && url.port === "" && FILE_HOST.test(url.hostname);
}

async function download(url: string, limit: number): Promise<FileReading> {
  const answer = await request(url, { signal: AbortSignal.timeout(TIMEOUT) });
  // Breaking an answer off makes its body fail, which is no news here.
  answer.body.on("error", () => undefined);
  const said = Number(answer.headers["content-length"]);
  if (answer.statusCode !== 200 || said > limit) {
    answer.body.destroy();
    return { kind: answer.statusCode === 200 ? "tooLarge" : "notReadable" };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > limit) return { kind: "tooLarge" };
    chunks.push(chunk);
  }
  const text = decodeText(Buffer.concat(chunks));
  return text === null ? { kind: "notText" } : { kind: "text", text };
}

/** UTF-8, UTF-16 by its mark, else as Excel on Windows saves CSV (Windows-1252); null where it is no text. */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
