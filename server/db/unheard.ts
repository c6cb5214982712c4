/** Laptops of people who audit, that have not been heard from for a while: what their people did there is not here. */
import type { AuthorityId } from '../../src/domain/ids.ts';
import type { Unheard } from '../../src/protocol/sync.ts';
import type { ReachableAudits } from './heads.ts';
import type { Tx } from './tables.ts';

export interface UnheardAsk {
  /** The audits whose auditors are meant. */
  readonly within: readonly ReachableAudits[];
  /** Last heard from before this. */
  readonly beforeMs: number;
  /** Those of before this count only where the last they said was that they had not sent everything. */
  readonly staleMs: number;
}

/**
 * How many there are, and when the one that is silent longest was heard from; null for none. Left out: what somebody has said is to be
 * forgotten, and the name under which a laptop was known before it went on under another (after a copied disk, say).
 */
export async function unheardLaptops(
  tx: Tx,
  authority: AuthorityId,
  { within, beforeMs, staleMs }: UnheardAsk,
): Promise<Omit<Unheard, 'atMs'> | null> {
  const row = await tx
    .selectFrom('laptop')
    .select(({ fn }) => [fn.countAll<number>().as('laptops'), fn.min('last_ms').as('since')])
    .where('authority', '=', authority)
    .where('last_ms', '<', beforeMs)
    .where((eb) => eb.or([eb('last_ms', '>=', staleMs), eb('unsent', '>', 0)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revocation')
            .select('revocation.device')
            .whereRef('revocation.authority', '=', 'laptop.authority')
            .whereRef('revocation.device', '=', 'laptop.device'),
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
            .whereRef('later.device', '<>', 'laptop.device')
            .whereRef('later.first_ms', '>=', 'laptop.last_ms'),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('record_sum')
          .select('record_sum.count')
          .whereRef('record_sum.authority', '=', 'laptop.authority')
          .whereRef('record_sum.auditor', '=', 'laptop.person')
          .where('record_sum.moderator', '=', '')
          .where('record_sum.kind', '=', 'audit')
          .where('record_sum.count', '>', 0)
          .where((eb) =>
            eb.or(
              within.flatMap((each) =>
                each.by === 'all'
                  ? [eb.lit(true)]
                  : // An empty list is left out: `in ()` is not SQL everywhere.
                    [
                      ...(each.services.length > 0 ? [eb('record_sum.service', 'in', each.services)] : []),
                      ...(each.teams.length > 0 ? [eb('record_sum.team', 'in', each.teams)] : []),
                    ],
              ),
            ),
          ),
      ),
    )
    .executeTakeFirstOrThrow();
  const laptops = Number(row.laptops);
  return laptops === 0 ? null : { laptops, sinceMs: Number(row.since) };
}
