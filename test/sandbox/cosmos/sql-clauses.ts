/** The text of a query's clauses, without their keywords. */
export interface SqlClauses {
  top?: string;
  /** `SELECT VALUE ...`. */
  value: boolean;
  select: string;
  from: string;
  where?: string;
  orderBy?: string;
}

type Keyword = "SELECT" | "FROM" | "WHERE" | "ORDER";

// A string, a bracket, a word, or any other character.
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()[\]{}]|[A-Za-z_@][A-Za-z0-9_]*|[\s\S]/g;

/** Cuts a query that parses into its clauses; keywords in strings, brackets and subqueries are left alone. */
export function sqlClauses(sql: string): SqlClauses {
  const starts: { keyword: Keyword; at: number; end: number }[] = [];
  let depth = 0;
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    if ("([{".includes(token)) depth += 1;
    else if (")]}".includes(token)) depth -= 1;
    const word = token.toUpperCase();
    if (depth === 0 && (word === "SELECT" || word === "FROM" || word === "WHERE" || word === "ORDER")) {
      const follows = index > 0 && sql[index - 1] === ".";
      if (!follows) starts.push({ keyword: word, at: index, end: index + token.length });
    }
  }
  const text = (keyword: Keyword) => {
    const at = starts.findIndex((start) => start.keyword === keyword);
    const start = starts[at];
    return start === undefined ? undefined : sql.slice(start.end, starts[at + 1]?.at ?? sql.length).trim();
  };
  const [, top, value, select = ""] = /^(?:TOP\s+(\S+)\s+)?(?:(VALUE)\s+)?([\s\S]*)$/i.exec(text("SELECT") ?? "") ?? [];
  const where = text("WHERE");
  const orderBy = text("ORDER")?.replace(/^BY\s+/i, "");
  return {
    value: value !== undefined,
    select,
    from: text("FROM") ?? "",
    ...(top === undefined ? {} : { top }),
    ...(where === undefined ? {} : { where }),
    ...(orderBy === undefined ? {} : { orderBy }),
  };
}
