/** Which rows of ops, here or missing, could give somebody a right (domain/facts grantingUnits). */
import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import { grantingUnits } from '../../src/domain/facts.ts';
import type { Tables } from './tables.ts';

/** Whether these columns of a row name a kind of record and that unit of it from which a right can come. */
export function isGranting(kind: Expression<string | null>, unit: Expression<string | null>): Expression<SqlBool> {
  const eb = expressionBuilder<Tables>();
  return eb.or(Object.entries(grantingUnits).map(([of, grants]) => eb.and([eb(kind, '=', of), eb(unit, '=', grants)])));
}
