/** Cosmos takes 2 MB a request; the rest is left for what it adds to each item. */
const BYTES_PER_WRITE = 1_500_000;

/** The parts in their order, as few as fit: at most so many in one, and 1.5 MB of their values' JSON unless one alone has more. */
export function batchesOf<Part>(
  parts: readonly Part[],
  { most, sizedBy }: { most: number; sizedBy: (part: Part) => unknown },
): readonly (readonly Part[])[] {
  const batches: Part[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const size = Buffer.byteLength(JSON.stringify(sizedBy(part)));
    const last = batches.at(-1);
    if (last === undefined || last.length === most || bytes + size > BYTES_PER_WRITE) {
      batches.push([part]);
      bytes = size;
    } else {
      last.push(part);
      bytes += size;
    }
  }
  return batches;
}
