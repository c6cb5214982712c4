/** What the witness in a worker tells, and where it is asked. */

/** Of one writing transaction that has completed. */
export interface Seen {
  readonly tables: readonly string[];
  readonly endedMs: number;
  readonly ms: number;
  readonly putRecords: number;
}

export const witnessChannel = 'bench-witness';
