/** What became of one line of a list of organizations to connect; the consent link itself is made from the journey when it is shown. */
export interface ConsentListRow {
  readonly organizationName: string;
  /** The domain that alone may consent, or of the tenant that is linked; null where none is known. */
  readonly domain: string | null;
  /** `new`: a link was made; `open`: one was open already and stays. */
  readonly state: "new" | "open" | "linked" | "problem";
  /** Null where there is no link. */
  readonly journeyId: string | null;
  /** One plain sentence; null where all went well. */
  readonly problem: string | null;
}

/** How many rows of each state a list came to. */
export type ConsentListCounts = Readonly<Record<ConsentListRow["state"], number>>;

/** Counts rows by their state. */
export function countRows(rows: readonly ConsentListRow[]): ConsentListCounts {
  const of = (state: ConsentListRow["state"]) => rows.filter((row) => row.state === state).length;
  return { new: of("new"), open: of("open"), linked: of("linked"), problem: of("problem") };
}
