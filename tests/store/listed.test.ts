import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Cipher } from '../../src/store/cipher.ts';
import * as inbox from '../../src/store/inbox.ts';
import { readListed, readRecords } from '../../src/store/view.ts';
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

test('a record says what the screens show of it, but for texts that no list shows', async () => {
  const { store } = await filled();
  const ids = [mine, changed, confirmed];
  const [listed, shown] = [await readListed(store, ids), await readRecords(store, ids)];
  assert.equal(
    listed.map(({ id, units }) => [id, units['case']?.value, units['allocation']?.value['service']]),
    shown.map(({ id, units }) => [id, units['case']?.value, units['allocation']?.value['service']]),
  );
  assert.equal(listed[1]?.units['section:risk']?.value, { grade: 'inadequate', notApplicable: false });
  assert.equal(
    listed.map(({ units }) => Object.keys(units).sort()),
    shown.map(({ units }) => Object.keys(units).sort()),
  );
});

test('no box is opened but those that hold something a list shows', async () => {
  const { store, opened } = await filled();
  await readListed(store, [confirmed, changed, mine]);
  assert.equal([...new Set(opened)], ['case']);
});

test('records this laptop does not have are left out', async () => {
  const { store } = await filled();
  assert.equal(
    (await readListed(store, [absent, confirmed])).map(({ id }) => id),
    [confirmed],
  );
});

test.run();
