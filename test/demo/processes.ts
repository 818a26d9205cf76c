import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly id: number;
  readonly parentId: number;
  readonly command: string;
}

/** All processes below that one, as Linux lists them; empty where there is no /proc. */
export function processesUnder(id: number): readonly RunningProcess[] {
  const all = allProcesses();
  const under: RunningProcess[] = [];
  const ids = new Set([id]);
  for (let before = -1; before < under.length; ) {
    before = under.length;
    for (const one of all) {
      if (!ids.has(one.parentId) || ids.has(one.id)) continue;
      ids.add(one.id);
      under.push(one);
    }
  }
  return under;
}

/** Whether it still runs, and is not another that was given its number. */
export function stillRuns(process: RunningProcess): boolean {
  return readProcess(String(process.id))?.command === process.command;
}

function allProcesses(): readonly RunningProcess[] {
  try {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (readProcess(name) ?? []) : []));
  } catch {
    return [];
  }
}

function readProcess(name: string): RunningProcess | null {
  try {
    const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // The name in brackets may hold anything; the state and the parent's id follow its last bracket.
    const stat = readFileSync(`/proc/${name}/stat`, "utf8");
    const [, parentId = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { id: Number(name), parentId: Number(parentId), command };
  } catch {
    // It has ended in the meantime.
    return null;
  }
}
