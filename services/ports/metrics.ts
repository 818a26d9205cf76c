/** Numbers for the operator: how often something was done and what it cost. Names and labels are fixed in code, never data. */
export interface Metrics {
  /** The request units (RU) that one operation of the store was charged. */
  storeCharge(operation: string, requestUnits: number): void;
}
