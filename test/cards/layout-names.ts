/** The names that one scope of a layout uses: texts and flags, and the scopes of its lists. */
export interface LayoutScope {
  readonly names: Set<string>;
  readonly lists: Map<string, LayoutScope>;
}

/** All names of a layout, scope by scope; anything but a plain name between the braces is a fault. */
export function layoutNames(layout: unknown): LayoutScope {
  const scope: LayoutScope = { names: new Set(), lists: new Map() };
  collect(layout, scope);
  return scope;
}

/** Where data and layout differ, in either direction; empty when they agree. */
export function differences(scope: LayoutScope, data: object, path = ""): readonly string[] {
  const values = new Map(Object.entries(data));
  const wanted = new Set([...scope.names, ...scope.lists.keys()]);
  const missing = [...wanted].filter((name) => !values.has(name)).map((name) => `${path}${name} is not in the data`);
  const unused = [...values.keys()]
    .filter((name) => !wanted.has(name))
    .map((name) => `${path}${name} is not in the layout`);
  const nested = [...scope.lists].flatMap(([name, rows]) => {
    const list: unknown = values.get(name) ?? [];
    if (!Array.isArray(list)) return [`${path}${name} is not a list`];
    return list.flatMap((row: object) => differences(rows, row, `${path}${name}.`));
  });
  return [...missing, ...unused, ...nested];
}

function collect(node: unknown, scope: LayoutScope): void {
  if (typeof node === "string") {
    for (const [, name = ""] of node.matchAll(/\$\{([^}]*)\}/g)) {
      if (!/^[a-z][A-Za-z]*$/.test(name)) throw new Error(`A layout holds names only, not ${name}.`);
      scope.names.add(name);
    }
  } else if (Array.isArray(node)) {
    for (const child of node) collect(child, scope);
  } else if (typeof node === "object" && node !== null) {
    const { $data: list, ...rest } = node as Record<string, unknown>;
    const inner = list === undefined ? scope : innerScope(list, scope);
    for (const value of Object.values(rest)) collect(value, inner);
  }
}

function innerScope(list: unknown, scope: LayoutScope): LayoutScope {
  const name = typeof list === "string" ? /^\$\{([a-z][A-Za-z]*)\}$/.exec(list)?.[1] : undefined;
  if (name === undefined) throw new Error(`$data holds one name, not ${String(list)}.`);
  const inner = scope.lists.get(name) ?? { names: new Set(), lists: new Map() };
  scope.lists.set(name, inner);
  return inner;
}
