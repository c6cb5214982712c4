/** What becomes of one request on its way: decided by the schedule, counted by kind. */

export const fates = [
  'fine',
  'dropped before commit',
  'dropped after commit',
  'duplicated',
  'delayed',
  'truncated',
  'stalled before commit',
  'stalled after commit',
  'stalled half-way',
  '413',
  '502',
  'HTML with 200',
  'old reply',
  'commit fails',
  'server crash before commit',
  'server crash after commit',
] as const;
export type Fate = (typeof fates)[number];

/** Faults that are not of one request. */
export const otherFaults = [
  'power cut',
  'power cut in a transaction',
  'disk full',
  'worker killed',
  'worker killed in a transaction',
  'offline',
  'events swallowed',
  'clock moved',
  'everybody asleep',
  'asleep for a month',
  'server trips over a change',
  'server restored',
  'laptop cloned',
  'session ended',
] as const;
export type Fault = Exclude<Fate, 'fine'> | (typeof otherFaults)[number];

export const noFaults = (): Map<Fault, number> => new Map();

export function countFault(counts: Map<Fault, number>, fault: Fault): void {
  counts.set(fault, (counts.get(fault) ?? 0) + 1);
}
