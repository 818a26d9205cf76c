import fc from "fast-check";

const ASKED = process.env.FC_RUNS;
const MOST = Number(ASKED ?? 300);
const WITHIN_MS = ASKED === undefined ? 6_000 : MOST * 2_000;

/** For a test that tries one property: the last case may take a while, too. */
export const TRIED_WITHIN_MS = WITHIN_MS + 60_000;

/**
 * Holds a property against as many random cases, 300 at most, as six seconds allow; FC_RUNS=1000 against so many, for as long as
 * they take. What fails is made smaller in the time that is left, and told with seed and path by fast-check.
 */
export async function tryInTime<Case>(
  cases: fc.Arbitrary<Case>,
  holds: (one: Case) => Promise<void>,
  options: { readonly endOnFailure?: boolean } = {},
): Promise<void> {
  const end = performance.now() + WITHIN_MS;
  const property = fc.asyncProperty(cases, async (one) => {
    if (performance.now() < end) await holds(one);
  });
  await fc.assert(property, { numRuns: MOST, ...options });
}
