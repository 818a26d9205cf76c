/*
 * How the gateway has one aggregate over several physical partitions asked for: each partition gives its part in an array of
 * items, and the client puts the parts together. The package's engine knows no aggregate within an array.
 */
const PLANNED = /^SELECT VALUE \[\{"item": (.+?)\}\] FROM /;

/** The query that the client asks each physical partition. */
export function plannedAggregate(select: string, from: string, where: string | undefined): string {
  return `SELECT VALUE [{"item": ${select}}] FROM ${from}${where === undefined ? "" : ` WHERE ${where}`}`;
}

/** Such a query as the engine knows it, and how its answer is to be given. */
export function unplanned(sql: string): { sql: string; answer: (json: string) => string } {
  const isPlanned = PLANNED.test(sql);
  return {
    sql: isPlanned ? sql.replace(PLANNED, (_, aggregate: string) => `SELECT VALUE ${aggregate} FROM `) : sql,
    answer: (json) => (isPlanned ? `[{"item":${json}}]` : json),
  };
}
