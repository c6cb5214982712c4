/**
 * Branded ids. A brand costs nothing at run time and keeps a team's id from being passed where a service's is wanted.
 * Records, devices and groups carry 128 random bits as 32 lower-case hex digits, made by `newId` in a composition root.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type AuthorityId = Branded<'authority'>;
export type RecordId = Branded<'record'>;
export type PersonId = Branded<'person'>;
export type ServiceId = Branded<'service'>;
export type TeamId = Branded<'team'>;
export type CycleId = Branded<'cycle'>;
export type DeviceId = Branded<'device'>;
export type GroupId = Branded<'group'>;
/** A published tool version: `name@1.0.0` when built in, otherwise the id of its record. */
export type ToolId = Branded<'tool'>;
/** `device:seq`, given when an op is sealed. */
export type OpId = Branded<'op'>;

const hexId = /^[0-9a-f]{32}$/;

export const isHexId = (text: string): boolean => hexId.test(text);

export const opId = (device: DeviceId, seq: number): OpId => `${device}:${seq}` as OpId;

/** Splits an op id into its device and contiguous number. Throws when the text is not an op id. */
export function parseOpId(op: OpId): { readonly device: DeviceId; readonly seq: number } {
  const at = op.lastIndexOf(':');
  const seq = Number(op.slice(at + 1));
  if (at < 1 || !Number.isSafeInteger(seq) || seq < 1) throw new Error(`Not an op id: ${op}`);
  return { device: op.slice(0, at) as DeviceId, seq };
}

/** Source of new ids: 16 random bytes as hex. Passed in, so that tests and the simulator can repeat a run. */
export type NewId = () => string;
