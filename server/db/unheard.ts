/** Laptops of people who audit, that have not been heard of for a while: what their people did there is not here. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { Unheard } from '../../src/protocol/sync.ts';
import type { ReachableAudits } from './heads.ts';
import type { Tx } from './tables.ts';

export interface UnheardAsk {
  /** The audits whose auditors are meant. */
  readonly within: readonly ReachableAudits[];
  /** Last heard of before this. */
  readonly beforeMs: number;
  /** Those of before this count only where the last they said was that they had not sent everything. */
  readonly staleMs: number;
}

/**
 * How many there are, and since when none of them has been heard of; null for none. Left out: what is no more or was stolen, and a laptop that goes on as
 * another (after a copied disk, say).
 */
export async function unheardLaptops(
  tx: Tx,
  authority: AuthorityId,
  { within, beforeMs, staleMs }: UnheardAsk,
): Promise<Unheard | null> {
  const auditors = tx
    .selectFrom('record_sum')
    .select('auditor')
    .where('authority', '=', authority)
    .where('kind', '=', 'audit')
    .where('moderator', '=', '')
    .where('count', '>', 0)
    .where((eb) =>
      eb.or(
        within.flatMap((each) =>
          each.by === 'all'
            ? [eb('auditor', '<>', '')]
            : // An empty list is left out: `in ()` is not SQL everywhere.
              [
                ...(each.services.length > 0 ? [eb('service', 'in', each.services)] : []),
                ...(each.teams.length > 0 ? [eb('team', 'in', each.teams)] : []),
              ],
        ),
      ),
    );
  const row = await tx
    .selectFrom('laptop')
    .select(({ fn }) => [fn.countAll<number>().as('laptops'), fn.max('last_ms').as('since')])
    .where('authority', '=', authority)
    .where('person', 'in', auditors)
    .where('gone_ms', 'is', null)
    .where('gave_ms', 'is', null)
    .where('last_ms', '<', beforeMs)
    .where((eb) => eb.or([eb('last_ms', '>=', staleMs), eb('unsent', '>', 0)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revocation')
            .select('revocation.device')
            .whereRef('revocation.authority', '=', 'laptop.authority')
            .whereRef('revocation.device', '=', 'laptop.device')
            .where('revocation.form', '=', 'stolen'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('laptop as later')
            .select('later.device')
            .whereRef('later.authority', '=', 'laptop.authority')
            .whereRef('later.person', '=', 'laptop.person')
            .whereRef('later.keyring', '=', 'laptop.keyring')
            .whereRef('later.last_ms', '>', 'laptop.last_ms'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  const laptops = Number(row.laptops);
  return laptops === 0 ? null : { laptops, sinceMs: Number(row.since) };
}
