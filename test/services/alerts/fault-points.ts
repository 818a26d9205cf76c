/** Where the process may die: before and after every call that is led through it. */
export interface FaultPoints {
  /** Each call that went through, in order. */
  readonly calls: string[];
  /** Dies at the n-th point (0 is before the first call); null: never. */
  crashAt(point: number | null): void;
  /** Runs something right before, or right after, a call of that name, once. */
  once(when: "before" | "after", call: string, work: () => Promise<void> | void): void;
  around<Value>(call: string, work: () => Promise<Value>): Promise<Value>;
}

/** What a dying process leaves its caller with. No Breakdown: nothing may catch it. */
export class Crash extends Error {}

export function faultPoints(): FaultPoints {
  const calls: string[] = [];
  const hooks: { when: string; call: string; work: () => Promise<void> | void }[] = [];
  let left: number | null = null;
  const pass = async (when: "before" | "after", call: string) => {
    if (left !== null) {
      left -= 1;
      if (left < 0) throw new Crash(`${when} ${call}`);
    }
    const index = hooks.findIndex((hook) => hook.when === when && hook.call === call);
    if (index >= 0) await hooks.splice(index, 1)[0]?.work();
  };
  return {
    calls,
    crashAt: (point) => {
      left = point;
    },
    once: (when, call, work) => {
      hooks.push({ when, call, work });
    },
    around: async (call, work) => {
      await pass("before", call);
      calls.push(call);
      const value = await work();
      await pass("after", call);
      return value;
    },
  };
}
