import { clearLine, cursorTo } from "node:readline";
import { KEPT_KINDS, type KeptKind } from "../services/domain/kept-record.ts";
import type { CopyProgress } from "../services/store-copy/copy-deps.ts";

const BAR = 30;

/** Where progress is shown: a terminal has it in one line that changes, anything else in lines that follow one another. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): boolean;
}

export function copyProgress(stream: NodeJS.WritableStream & ProgressStream): {
  report: (progress: CopyProgress) => void;
  end: () => void;
} {
  let open = false;
  let told: { step: string; kind: KeptKind; tenths: number } | null = null;
  const report = (progress: CopyProgress) => {
    if (stream.isTTY === true) {
      cursorTo(stream, 0);
      clearLine(stream, 0);
      stream.write(barLine(progress));
      open = true;
      return;
    }
    // A line for each kind, and for each tenth of one that is long.
    const { step, kind } = progress;
    const tenths = Math.floor(shareOf(progress) * 10);
    if (told?.step === step && told.kind === kind && told.tenths === tenths) return;
    told = { step, kind, tenths };
    stream.write(`${sentence(progress)}\n`);
  };
  return {
    report,
    end: () => {
      if (open) stream.write("\n");
    },
  };
}

/** One line, as wide as its bar, numbers and words. */
export function barLine(progress: CopyProgress): string {
  const full = Math.round(shareOf(progress) * BAR);
  return `[${"#".repeat(full)}${"-".repeat(BAR - full)}] ${sentence(progress)}`;
}

function sentence({ step, kind, done, total }: CopyProgress): string {
  const numbers = `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  return step === "copy" ? `copied ${numbers} ${KEPT_KINDS[kind]}` : `compared ${numbers} ${KEPT_KINDS[kind]} in both`;
}

/** What is done of it, from 0 to 1; nothing to do is done. */
function shareOf({ done, total }: CopyProgress): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}
