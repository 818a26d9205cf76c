import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONTAINER_DEFINITION } from "../../services/store/cosmos/container-definition.ts";

const bicep = readFileSync(new URL("../../infra/cosmos.bicep", import.meta.url), "utf8");

/** The text between the brackets that follow the name, nested ones included. */
function blockOf(name: string, text = bicep): string {
  const at = text.indexOf(name);
  if (at < 0) throw new Error(`infra/cosmos.bicep has no ${name}.`);
  const begin = text.slice(at).search(/[[{]/) + at;
  let depth = 0;
  for (let end = begin; end < text.length; end += 1) {
    if ("[{".includes(text[end] ?? "")) depth += 1;
    if ("]}".includes(text[end] ?? "")) depth -= 1;
    if (depth === 0) return text.slice(begin + 1, end);
  }
  throw new Error(`infra/cosmos.bicep does not end ${name}.`);
}

const quoted = (text: string) => [...text.matchAll(/'([^']*)'/g)].map(([, value]) => value);

describe("infra/cosmos.bicep", () => {
  const container = blockOf("resource container ");

  it("makes the container that Watchdesk needs", () => {
    const key = blockOf("partitionKey:", container);
    expect(quoted(blockOf("paths:", key))).toEqual(CONTAINER_DEFINITION.partitionKey.paths);
    expect(/version: (\d)/.exec(key)?.[1]).toBe(String(CONTAINER_DEFINITION.partitionKey.version));
    expect(/defaultTtl: (-?\d+)/.exec(container)?.[1]).toBe(String(CONTAINER_DEFINITION.defaultTtl));
    expect(/id: '([^']+)'/.exec(container)?.[1]).toBe(CONTAINER_DEFINITION.id);
    expect(/name: '([^']+)'/.exec(container)?.[1]).toBe(CONTAINER_DEFINITION.id);
  });

  it("has the indexing policy of services/store/cosmos/indexing-policy.ts, whole", () => {
    const policy = blockOf("indexingPolicy:", container);
    const { indexingMode, automatic, includedPaths, excludedPaths, ...others } = CONTAINER_DEFINITION.indexingPolicy;
    expect(/indexingMode: '(\w+)'/.exec(policy)?.[1]).toBe(indexingMode);
    expect(/automatic: (\w+)/.exec(policy)?.[1]).toBe(String(automatic));
    expect(quoted(blockOf("includedPaths:", policy))).toEqual(includedPaths?.map(({ path }) => path));
    expect(quoted(blockOf("excludedPaths:", policy))).toEqual(excludedPaths?.map(({ path }) => path));
    // Composite indexes, once there are any, have to be said there and held here.
    expect(others).toEqual({});
    expect(policy).not.toContain("compositeIndexes");
  });

  it("gives the identity the data role and no other", () => {
    const role = blockOf("resource dataContributor ");
    expect(bicep.match(/sqlRoleAssignments@/g)).toHaveLength(1);
    expect(role).toContain("sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'");
    expect(role).toMatch(/principalId: principalId\n/);
  });

  it("defaults to the database that COSMOS_DATABASE defaults to", () => {
    expect(/param databaseName string = '(\w+)'/.exec(bicep)?.[1]).toBe("watchdesk");
  });
});
