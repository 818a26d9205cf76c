/** A file that somebody attached to a message, as the message names it; untrusted. */
export interface AttachedFile {
  readonly name: string;
  readonly url: string;
}

export type FileReading =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tooLarge" }
  /** A workbook, a picture: no text in it. */
  | { readonly kind: "notText" }
  /** Its address is not one of Teams' file hosts; nothing was asked. */
  | { readonly kind: "foreignHost" }
  | { readonly kind: "notReadable" };

/** Files that people attach in Teams. */
export interface AttachedFiles {
  /** The file's text, of at most `limit` bytes, from Microsoft's file hosts alone, over https, without a redirect. Never throws. */
  read(file: AttachedFile, limit: number): Promise<FileReading>;
}
