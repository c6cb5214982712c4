/**
 * What a laptop writes down outside its database, so that a loss is noticed, and what it tells of one: to the person in front of
 * it, and to the server's log. Ids, counts and times; whose copy it was, as in the keyring.
 */
import * as v from 'valibot';
import { lossCauses } from '../domain/ledger.ts';
import { authorityId, count, deviceId, hashText, personId } from './op.ts';

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

const ledgerSchema = v.object({
  birth: id,
  writes: count,
  lastN: count,
  lastMs: count,
  unsent: count,
  firstUnsent: v.nullable(count),
  device: deviceId,
  seq: count,
  head: hashText,
});

/** Whose copy. */
const whose = {
  keyring: id,
  home: v.picklist(['server', 'laptop']),
  authority: authorityId,
  authorityName: v.string(),
  person: personId,
  label: v.string(),
};

/** The mark of one copy, in the page's own storage. */
export const markSchema = v.object({ ...whose, madeMs: count, ledger: ledgerSchema });
export type Mark = v.InferOutput<typeof markSchema>;

/** Changes `from` to `to` of a laptop are gone; `unsent` of them, at most, nobody else ever had. Times by the laptop's clock. */
export const lossSchema = v.object({
  cause: v.picklist(lossCauses),
  from: count,
  to: count,
  unsent: count,
  sinceMs: count,
  untilMs: count,
  foundMs: count,
  device: deviceId,
  seq: count,
  head: hashText,
});
export type Loss = v.InferOutput<typeof lossSchema>;

/** A loss until the person has read of it and the server has been told. */
export const keptLossSchema = v.object({ ...whose, loss: lossSchema, told: v.boolean(), seen: v.boolean() });
export type KeptLoss = v.InferOutput<typeof keptLossSchema>;
