/**
 * A PostgreSQL put back to last night's copy by its own tools, as docs/data.md says it is done: the very commands of that page
 * are run. The laptops bring back what the copy lacks (FAULTS 34, promise P5).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localTotal } from '../../../src/store/totals.ts';
import { readQuarantine, readSaveCounts } from '../../../src/store/view.ts';
import { postgresPrograms } from '../../run/postgres.ts';
import { newId } from '../../server/client.ts';
import { allocation, caseOf, event, section } from '../../server/example.ts';
import { acceptedOps, act, openCouncil, recordsOf, settleAll, type Council } from '../council.ts';
import type { RealLaptop } from '../real-laptop.ts';

const test = suite<{ council: Council }>('a PostgreSQL put back by its own tools');
test.before.each(async (context) => {
  context.council = await openCouncil();
});
test.after.each(({ council }) => council.stop());

/** The command of docs/data.md that begins like this, as it stands there. */
function documented(beginning: string): string {
  const page = readFileSync('docs/data.md', 'utf8');
  const found = new RegExp('`(' + beginning + '[^`]*)`').exec(page)?.[1];
  if (found === undefined) throw new Error(`docs/data.md names no command ${beginning}`);
  return found;
}

function runDocumented(council: Council, beginning: string, file: string): void {
  const { databaseUrl, dataDir } = council.server.plumbline.server.config;
  const command = documented(beginning).replace('FILE', '"$FILE"');
  const path = [postgresPrograms(), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH: path, DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir, FILE: file };
  execFileSync('sh', ['-ec', command], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

const audit = (council: Council, auditor: RealLaptop, id: string) => [
  caseOf(id),
  allocation(id, { auditor: auditor.person, service: council.serviceId, team: council.teamId }),
];

for (const isNewEpoch of [true, false]) {
  const how = isNewEpoch ? 'and a new epoch' : 'and nothing more';
  test(`pg_dump while it runs, then pg_restore ${how}: what was handed in since is back, and all digests equal`, async ({
    council,
  }) => {
    const { quinn, alex, bo, lee } = council;
    const [before, after] = [newId(), newId()];
    await act(quinn, ...audit(council, alex, before));
    await settleAll(council.laptops);
    const file = join(council.dataDir, 'last-night.dump');
    runDocumented(council, 'pg_dump ', file);

    await act(quinn, ...audit(council, bo, after));
    await settleAll(council.laptops);
    await act(alex, section(before, 'inadequate', 'after the copy'));
    await act(alex, event(before, 'submitted', alex.person));
    await act(bo, section(after, 'good', 'all of it after the copy'));
    await settleAll(council.laptops);
    const [records, ops, total] = [recordsOf(council), acceptedOps(council), await localTotal(lee.store)];

    await council.server.plumbline.close();
    runDocumented(council, 'pg_restore ', file);
    if (isNewEpoch) runDocumented(council, 'npm run restore -- --new', file);
    await council.start();
    assert.ok(acceptedOps(council).length < ops.length, 'the copy lacks what was handed in since');

    await settleAll(council.laptops);
    assert.equal(acceptedOps(council), ops);
    assert.equal(recordsOf(council), records);
    for (const { store } of council.laptops) {
      assert.equal(await readQuarantine(store), []);
      const { unsent, sent } = await readSaveCounts(store);
      assert.equal([unsent, sent], [0, 0]);
    }
    assert.equal(await localTotal(lee.store), total);
  });
}

test.run();
