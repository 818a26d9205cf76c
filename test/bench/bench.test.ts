import { execFile } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const NAMES = [
  "machine",
  "sync-to-card.auto-resolve.floor",
  "sync-to-card.auto-resolve",
  "sync-to-card.auto-resolve.ratio",
  "reread.own-writes",
  "reread.unchanged",
  "turn.echo",
  "turn.help",
  "turn.claim",
  "tenants",
  "tenants.search",
  "organizations.typeahead",
  "turn.memory",
  ...Array.from({ length: 12 }, () => "store"),
  ...Array.from({ length: 9 }, () => "cosmos.charge"),
  "store-copy.to-cosmos",
  "store-copy.to-sqlite",
];

it("prints one JSON object a line for each measure, with figures in it", async () => {
  const file = fileURLToPath(new URL("./bench.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(execPath, [file, "--quick"]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
  expect(lines.map(({ name }) => name)).toEqual(NAMES);
  for (const { name, processor: _processor, node: _node, operation: _operation, path: _path, ...figures } of lines) {
    for (const [figure, value] of Object.entries(figures)) {
      expect(value, `${String(name)} ${figure}`).toBeGreaterThan(0);
    }
  }
}, 120_000);
