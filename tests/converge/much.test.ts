/** Somebody who hands in more than a server takes in a day: all of it comes there later, and what others write comes meanwhile. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tryLimits } from '../../server/routes/tries.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import { readRecord, readSaveCounts } from '../../src/store/view.ts';
import { newId } from '../server/client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  section,
  service,
  startServer,
  type TestServer,
} from '../server/example.ts';
import { realLaptop } from './real-laptop.ts';

const test = suite<{ server: TestServer }>('more than a server takes in a day');

test.before.each(async (context) => {
  // One full batch, and some of the next.
  context.server = await startServer({ tryLimits: { ...tryLimits, keptBytesDay: batchLimitBytes + 20_000 } });
});
test.after.each(({ server }) => server.stop());

test('nothing is lost, the laptop says what it waits for, and its work is there when it has waited', async ({
  server,
}) => {
  const quinn = await firstQaLead(server);
  const signed = await addPerson(quinn, 'Alex', grant('auditor'));
  const [audit, other] = [newId() as RecordId, newId() as RecordId];
  await quinn.write(caseOf(audit), allocation(audit, { auditor: signed.session.person }));
  server.clock.ms += 600_000;
  const alex = await realLaptop(signed.browser, signed.session, { ms: server.clock.ms });
  assert.is((await alex.cycle()).problem, null);

  const units = Array.from({ length: 60 }, (_, n) => `part-${n}`);
  for (const [n, unit] of units.entries()) {
    alex.clock.ms += 1_000;
    const made = section(audit, 'good', `${n} ${'x'.repeat(6_000)}`, unit);
    const saved = await recordEdits(
      alex.store,
      [{ base: null, ...made, value: made.value as JsonObject } as Edit],
      'act',
    );
    assert.ok(saved.ok, JSON.stringify(saved));
  }
  await quinn.write(service(other, 'Assessment'));
  const { problem } = await alex.cycle();
  assert.is(problem?.kind, 'too-many-tries');
  const { unsent } = await readSaveCounts(alex.store);
  assert.ok(unsent > 0 && unsent < units.length, String(unsent));
  assert.ok(await readRecord(alex.store, other), 'what others wrote');

  assert.is((await alex.cycle()).problem?.kind, 'too-many-tries', 'at once again');
  assert.is((await readSaveCounts(alex.store)).unsent, unsent);
  if (problem?.kind === 'too-many-tries') server.clock.ms += problem.retryAfterSeconds * 1000;
  const end = await alex.cycle();
  assert.is(end.problem, null);
  assert.type(end.provedEqualMs, 'number');
  const kept = JSON.stringify(server.rows(`select units from record where id = '${audit}'`));
  for (const unit of units) assert.match(kept, unit);
});

test.run();
