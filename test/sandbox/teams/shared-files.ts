import { randomUUID } from "node:crypto";
import type { Attachment, SandboxReply } from "./teams-types.ts";

export interface SharedFiles {
  /** Keeps the file as OneDrive would; gives the attachment that the message carries. */
  share(origin: string, name: string, content: string | Buffer): Attachment;
  /** Answers a download; undefined for a path that is no file's. */
  answer(path: string): SandboxReply | undefined;
}

const FOLDER = "/files/";

/** Files that people attach in chats, each behind an address that is its own key. */
export function createSharedFiles(): SharedFiles {
  const files = new Map<string, Buffer>();
  return {
    share: (origin, name, content) => {
      const uniqueId = randomUUID();
      files.set(uniqueId, Buffer.from(content));
      return {
        contentType: "application/vnd.microsoft.teams.file.download.info",
        contentUrl: `${origin}${FOLDER}personal/${encodeURIComponent(name)}`,
        name,
        content: {
          downloadUrl: `${origin}${FOLDER}${uniqueId}?tempauth=canary-tempauth`,
          uniqueId,
          fileType: name.split(".").at(-1) ?? "",
        },
      };
    },
    answer: (path) => {
      const found = path.startsWith(FOLDER) ? files.get(path.slice(FOLDER.length)) : undefined;
      return found && { status: 200, raw: found, headers: { "content-type": "application/octet-stream" } };
    },
  };
}
