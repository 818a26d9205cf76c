import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A fresh folder outside the project that holds the given files (path inside the folder -> text). Whoever plants it removes it. */
export function plantTree(files: Record<string, string>): string {
  const tree = mkdtempSync(join(tmpdir(), "watchdesk-planted-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}
