import { z } from "zod";
import type { AttachedFile } from "../services/ports/attached-files.ts";

const FILE = "application/vnd.microsoft.teams.file.download.info";

const fileAttachment = z.object({
  contentType: z.literal(FILE),
  name: z.string().max(500).nullish(),
  content: z.object({ downloadUrl: z.string().min(1).max(8_000) }),
});

/** The files that somebody attached to a message; other attachments (Teams adds the text as HTML) are none. */
export function attachedFiles(attachments: unknown): readonly AttachedFile[] {
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((attachment: unknown) => {
    const file = fileAttachment.safeParse(attachment);
    return file.success ? [{ name: file.data.name ?? "", url: file.data.content.downloadUrl }] : [];
  });
}
