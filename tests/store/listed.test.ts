import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Cipher } from '../../src/store/cipher.ts';
import * as inbox from '../../src/store/inbox.ts';
import { readListed } from '../../src/store/listed.ts';
import { readRecords } from '../../src/store/view.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  hex,
  laptop,
  nullCipher,
  recordId,
  section,
  somebody,
  type Laptop,
} from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('records for a long list');

const [confirmed, changed, mine, absent] = [1, 2, 3, 4].map(recordId) as [never, never, never, never];

/** A laptop with an audit from the server, one changed here since, and one made here; and which boxes were opened. */
async function filled(): Promise<Laptop & { readonly opened: string[] }> {
  const opened: string[] = [];
  const cipher: Cipher = {
    ...nullCipher,
    open: (place, sealed) => {
      opened.push(place.unit);
      return nullCipher.open(place, sealed);
    },
  };
  const made = await laptop({ cipher });
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  for (const record of [confirmed, changed]) {
    elsewhere({ record, kind: 'audit', unit: 'allocation', value: allocation(), base: null });
    elsewhere({ record, kind: 'audit', unit: 'case', value: caseValue('C-1'), base: null });
    elsewhere({ record, kind: 'audit', unit: 'section:risk', value: section('theirs'), base: null });
  }
  const asked = await inbox.readCursor(made.store);
  assert.is(await inbox.applyPage(made.store, server.pull(asked, 100), asked), 'applied');
  await act(
    made.store,
    edit(changed, 'case', caseValue('C-2')),
    edit(changed, 'section:risk', section('mine', 'inadequate')),
  );
  await act(made.store, edit(changed, 'case', caseValue('C-3')));
  await act(made.store, edit(mine, 'allocation', allocation()));
  opened.length = 0;
  return { ...made, opened };
}

test('a record says what the screens show of it: its columns, and the whole of the unit asked for', async () => {
  const { store } = await filled();
  const ids = [mine, changed, confirmed];
  const [listed, shown] = [await readListed(store, ids, 'case'), await readRecords(store, ids)];
  assert.equal(
    listed.map(({ id, opened }) => [id, opened]),
    shown.map(({ id, units }) => [id, units['case']?.value]),
  );
  for (const [at, { units }] of listed.entries()) {
    for (const [unit, plain] of Object.entries(units)) {
      const whole = shown[at]?.units[unit]?.value ?? {};
      for (const [field, value] of Object.entries(plain)) assert.equal(value, whole[field], `${unit} ${field}`);
    }
    assert.equal(Object.keys(units).sort(), Object.keys(shown[at]?.units ?? {}).sort());
  }
});

test('no box is opened but that of the unit asked for', async () => {
  const { store, opened } = await filled();
  await readListed(store, [confirmed, changed, mine], 'case');
  assert.equal(opened, ['case', 'case']);
});

test('records this laptop does not have are left out', async () => {
  const { store } = await filled();
  assert.equal(
    (await readListed(store, [absent, confirmed], 'case')).map(({ id }) => id),
    [confirmed],
  );
});

test.run();
