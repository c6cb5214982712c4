import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Session } from '../../src/protocol/session.ts';
import { aesCipher } from '../../src/store/cipher.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { openKeyrings, passphraseIterations } from '../../src/store/keyring.ts';
import type { KeptHome, KeyringEntry } from '../../src/store/keyring-entry.ts';
import { codeOf, readCode } from '../../src/store/recovery-code.ts';
import { authority, countedIds, me, randomBytes, recordId, somebody } from './laptop.ts';

const test = suite('keyrings');
const session: Session = {
  authority,
  authorityName: 'Ambridge',
  person: me,
  name: 'A. Person',
  email: 'a@ambridge.example',
};
const passphrase = 'three brown teapots';

let ms = 0;
const newId = countedIds();
const keyrings = openKeyrings({ randomBytes, newId, now: () => (ms += 1), iterations: 1000 });

async function made(of: Session = session, home: KeptHome = 'server') {
  const result = await keyrings.create({ home, session: of, passphrase });
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
}

const place = { table: 'pending', record: recordId(1), unit: 'case' } as const;

/** Whether what was sealed under one key opens under the other. */
async function isSameKey(a: CryptoKey, b: CryptoKey): Promise<boolean> {
  const sealed = await aesCipher(a, randomBytes).seal(place, { word: 'teapot' });
  return aesCipher(b, randomBytes)
    .open(place, sealed)
    .then(
      () => true,
      () => false,
    );
}

async function rawRow(entry: KeyringEntry): Promise<Record<string, { box: { data: Uint8Array }; salt: Uint8Array }>> {
  const db = await new Dexie('plumbline-keyring').open();
  const row: unknown = await db.table('keyrings').get(entry.keyring);
  db.close();
  return row as never;
}

async function tamper(entry: KeyringEntry, change: (row: never) => void): Promise<void> {
  const db = await new Dexie('plumbline-keyring').open();
  const row = (await db.table('keyrings').get(entry.keyring)) as never;
  change(row);
  await db.table('keyrings').put(row);
  db.close();
}

test('a new keyring says whose it is, has its own device and database, and opens with its passphrase alone', async () => {
  const { entry, key } = await made();
  assert.equal(
    [entry.authority, entry.authorityName, entry.person, entry.label],
    [authority, 'Ambridge', me, 'a@ambridge.example'],
  );
  assert.equal([entry.home, entry.deposited], ['server', false]);
  assert.is(entry.database, `plumbline-${entry.keyring}`);
  const unlocked = await keyrings.unlock(entry, passphrase);
  assert.ok(unlocked.ok && (await isSameKey(key, unlocked.value)));
  const wrong = await keyrings.unlock(entry, `${passphrase}s`);
  assert.equal(wrong, { ok: false, problem: { kind: 'wrong-passphrase' } });
});

test('the unlocked key cannot be exported', async () => {
  const { entry, key } = await made();
  const unlocked = await keyrings.unlock(entry, passphrase);
  assert.is(key.extractable, false);
  assert.is(unlocked.ok && unlocked.value.extractable, false);
});

test('the same passphrase typed as other code points opens it', async () => {
  const accented = await keyrings.create({ home: 'server', session, passphrase: 'caf\u00e9 caf\u00e9 caf\u00e9' });
  assert.ok(accented.ok && (await keyrings.unlock(accented.value.entry, 'cafe\u0301 cafe\u0301 cafe\u0301')).ok);
});

test('each person has another key and another device', async () => {
  const mine = await made();
  const other = await made({ ...session, person: somebody, email: 'b@ambridge.example' });
  assert.not(await isSameKey(mine.key, other.key));
  assert.is.not(mine.entry.device, other.entry.device);
  const listed = await keyrings.list();
  assert.ok(listed.ok);
  const keyringIds = listed.ok ? listed.value.map(({ keyring }) => keyring) : [];
  assert.equal(keyringIds.slice(-2), [mine.entry.keyring, other.entry.keyring]);
  const words = JSON.stringify(listed);
  for (const wrap of ['byPassphrase', 'byRecovery', 'ownSecret', 'renewal']) assert.not(words.includes(wrap), wrap);
});

test('the recovery secret opens it under a new passphrase; the old one opens nothing any more', async () => {
  const { entry, key, recoverySecret } = await made();
  assert.match(recoverySecret, /^[0-9a-f]{64}$/);
  const recovered = await keyrings.unlockWithRecovery(entry, recoverySecret, 'four green kettles');
  assert.ok(recovered.ok && (await isSameKey(key, recovered.value)));
  assert.not((await keyrings.unlock(entry, passphrase)).ok);
  assert.ok((await keyrings.unlock(entry, 'four green kettles')).ok);
  assert.ok((await keyrings.unlockWithRecovery(entry, recoverySecret, passphrase)).ok, 'the server has no other yet');
});

test('on a laptop of its own the secret has 160 bits, fits a code, and opens it from the code', async () => {
  const { entry, key, recoverySecret } = await made(session, 'laptop');
  assert.is(entry.home, 'laptop');
  assert.match(recoverySecret, /^[0-9a-f]{40}$/);
  const typed = readCode(codeOf(recoverySecret).join(' ').toLowerCase());
  assert.ok(typed.ok);
  const recovered = await keyrings.unlockWithRecovery(entry, typed.ok ? typed.value : '', 'four green kettles');
  assert.ok(recovered.ok && (await isSameKey(key, recovered.value)));
});

test('a code on paper stays the one that it is', async () => {
  const { entry, key, recoverySecret } = await made(session, 'laptop');
  const before = await rawRow(entry);
  assert.ok((await keyrings.unlockWithRecovery(entry, recoverySecret, 'four green kettles')).ok);
  const after = await rawRow(entry);
  assert.equal([after['byRecovery'], after['renewal']], [before['byRecovery'], undefined]);
  assert.is(await keyrings.serverSecret(entry, key), null);
  assert.ok((await keyrings.unlockWithRecovery(entry, recoverySecret, passphrase)).ok);
});

/** Opens a copy with what a server gave out, and answers what it is to hold from then on. */
async function recover({ entry, key }: { entry: KeyringEntry; key: CryptoKey }, secret: string): Promise<string> {
  const recovered = await keyrings.unlockWithRecovery(entry, secret, 'four green kettles');
  assert.ok(recovered.ok && (await isSameKey(key, recovered.value)));
  return (await keyrings.serverSecret(entry, key)) ?? '';
}

const opensNothing = { ok: false, problem: { kind: 'wrong-recovery-secret' } };

test('a recovery makes another secret, and the one before opens nothing once the server holds it', async () => {
  const copy = await made();
  const next = await recover(copy, copy.recoverySecret);
  assert.match(next, /^[0-9a-f]{64}$/);
  assert.is.not(next, copy.recoverySecret);
  assert.is(await keyrings.serverHolds(copy.entry, copy.key, next), true);
  assert.equal(await keyrings.unlockWithRecovery(copy.entry, copy.recoverySecret, passphrase), opensNothing);
  assert.is(await keyrings.serverHolds(copy.entry, copy.key, next), true, 'said again, it changes nothing');
  assert.is(await keyrings.serverSecret(copy.entry, copy.key), next);
  assert.is((await rawRow(copy.entry))['renewal'], undefined);
  assert.ok((await keyrings.unlock(copy.entry, 'four green kettles')).ok);
  await recover(copy, next);
});

test('until then the server may hold either, and what it gives out opens the copy', async () => {
  const copy = await made();
  const next = await recover(copy, copy.recoverySecret);
  assert.is(await recover(copy, copy.recoverySecret), next, 'nobody was told the next one');
  const third = await recover(copy, next);
  assert.is.not(third, next, 'it was given out');
  assert.equal(await keyrings.unlockWithRecovery(copy.entry, copy.recoverySecret, passphrase), opensNothing);
  assert.is(await keyrings.serverHolds(copy.entry, copy.key, next), false, 'an answer that comes late');
  assert.is(await recover(copy, next), third);
});

test('of two tabs that recover and are answered at once neither takes away what the server holds', async () => {
  const copy = await made();
  const next = await recover(copy, copy.recoverySecret);
  const [third, isHeld] = await Promise.all([recover(copy, next), keyrings.serverHolds(copy.entry, copy.key, next)]);
  assert.is(isHeld, true);
  assert.is.not(third, next);
  assert.is(await recover(copy, next), third);
});

test('a copy of a build that kept no secret of its own has one after a recovery', async () => {
  const copy = await made();
  await tamper(copy.entry, (row: { ownSecret?: unknown }) => void delete row.ownSecret);
  assert.is(await keyrings.serverSecret(copy.entry, copy.key), null);
  const next = await recover(copy, copy.recoverySecret);
  assert.is(await keyrings.serverHolds(copy.entry, copy.key, next), true);
  assert.is(await keyrings.serverSecret(copy.entry, copy.key), next);
});

test('a keyring of a build that knew only servers has a server as its home', async () => {
  const { entry } = await made();
  await tamper(entry, (row: { home?: string }) => void delete row.home);
  const listed = await keyrings.list();
  assert.is(listed.ok && listed.value.find(({ keyring }) => keyring === entry.keyring)?.home, 'server');
});

test('a wrong recovery secret changes nothing', async () => {
  const { entry } = await made();
  for (const secret of ['0'.repeat(64), 'short', '']) {
    const refused = await keyrings.unlockWithRecovery(entry, secret, 'four green kettles');
    assert.equal(refused, { ok: false, problem: { kind: 'wrong-recovery-secret' } });
  }
  assert.ok((await keyrings.unlock(entry, passphrase)).ok);
});

test('a wrapped key that was changed, or moved to another person’s keyring, does not open', async () => {
  const [a, b] = [await made(), await made()];
  const row = await rawRow(a.entry);
  await tamper(b.entry, (other: typeof row) => Object.assign(other, { byPassphrase: row['byPassphrase'] }));
  assert.not((await keyrings.unlock(b.entry, passphrase)).ok);
  await tamper(a.entry, (mine: typeof row) => {
    const data = mine['byPassphrase']?.box.data;
    if (data) data[0] = (data[0] ?? 0) ^ 1;
  });
  assert.not((await keyrings.unlock(a.entry, passphrase)).ok);
});

test('neither a secret nor the passphrase is on disk', async () => {
  const copy = await made();
  const { entry, recoverySecret } = copy;
  const next = await recover(copy, recoverySecret);
  const row = await rawRow(entry);
  const text = JSON.stringify(row, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
  assert.not(text.includes(recoverySecret));
  assert.not(text.includes(next));
  assert.not(text.includes(passphrase));
  assert.is(row['byPassphrase']?.box.data.length, 48);
});

test('removing a person destroys the keys and deletes the database', async () => {
  const { entry } = await made();
  const port = await openDexiePort(entry.database);
  assert.ok(port.ok);
  await keyrings.remove(entry);
  await port.value.close();
  assert.not(await Dexie.exists(entry.database));
  assert.equal(await keyrings.unlock(entry, passphrase), { ok: false, problem: { kind: 'no-such-keyring' } });
  assert.equal((await keyrings.unlockWithRecovery(entry, '0'.repeat(64), passphrase)).ok, false);
  assert.is(await rawRow(entry), undefined);
});

test('while the database is still to be deleted the keys are gone already, and the entry is one to remove', async () => {
  const copy = await made();
  const { entry } = copy;
  const next = await recover(copy, copy.recoverySecret);
  await keyrings.markDeposited(entry);
  const holder = indexedDB.open(entry.database);
  await new Promise((resolve) => (holder.onsuccess = resolve));
  const removing = keyrings.remove(entry);
  for (let wait = 0; wait < 20; wait += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  const listed = await keyrings.list();
  assert.is(listed.ok && listed.value.find(({ keyring }) => keyring === entry.keyring)?.deposited, false);
  assert.equal(await keyrings.unlock(entry, passphrase), { ok: false, problem: { kind: 'wrong-passphrase' } });
  assert.equal(await keyrings.unlockWithRecovery(entry, next, passphrase), opensNothing);
  holder.result.close();
  await removing;
  assert.is(await rawRow(entry), undefined);
});

test('a passphrase is stretched 1,400,000 times unless a test says otherwise', () => {
  assert.is(passphraseIterations, 1_400_000);
});

const asPasskey = (first: number) => ({
  credential: new Uint8Array([first, 1]),
  asked: new Uint8Array(32).fill(first),
  secret: new Uint8Array(32).fill(first),
});

test('a passkey opens the same key as the passphrase, which goes on opening it', async () => {
  const { entry, key } = await made();
  const added = await keyrings.addPasskey(entry, passphrase, asPasskey(1));
  assert.ok(added.ok);
  const byPasskey = await keyrings.unlockWithPasskey(entry, asPasskey(1).secret);
  assert.ok(byPasskey.ok && (await isSameKey(key, byPasskey.value)));
  assert.is(byPasskey.value.extractable, false);
  const byPassphrase = await keyrings.unlock(entry, passphrase);
  assert.ok(byPassphrase.ok && (await isSameKey(key, byPassphrase.value)));
});

test('what a browser must be shown to ask for a passkey is in the entry, and its secret nowhere', async () => {
  const { entry } = await made();
  const { secret, ...shown } = { ...asPasskey(9), secret: crypto.getRandomValues(new Uint8Array(32)) };
  await keyrings.addPasskey(entry, passphrase, { ...shown, secret });
  const listed = await keyrings.list();
  const found = listed.ok ? listed.value.find(({ keyring }) => keyring === entry.keyring) : undefined;
  assert.equal(found?.passkey, { ...shown, addedMs: ms });
  const digits = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const row = JSON.stringify(await rawRow(entry), (_, value: unknown) =>
    value instanceof Uint8Array ? digits(value) : value,
  );
  assert.ok(row.includes(digits(shown.credential)));
  assert.not.ok(row.includes(digits(secret)));
});

test('no passkey is added with a wrong passphrase, and none opens a copy it was not added to', async () => {
  const { entry } = await made();
  assert.equal(await keyrings.addPasskey(entry, 'not this one', asPasskey(1)), {
    ok: false,
    problem: { kind: 'wrong-passphrase' },
  });
  const refused = { ok: false, problem: { kind: 'wrong-passkey' } };
  assert.equal(await keyrings.unlockWithPasskey(entry, asPasskey(1).secret), refused);
  await keyrings.addPasskey(entry, passphrase, asPasskey(1));
  assert.equal(await keyrings.unlockWithPasskey(entry, asPasskey(2).secret), refused);
});

test('a second passkey takes the place of the first, and a dropped one opens nothing', async () => {
  const { entry } = await made();
  await keyrings.addPasskey(entry, passphrase, asPasskey(1));
  await keyrings.addPasskey(entry, passphrase, asPasskey(2));
  const refused = { ok: false, problem: { kind: 'wrong-passkey' } };
  assert.equal(await keyrings.unlockWithPasskey(entry, asPasskey(1).secret), refused);
  assert.ok((await keyrings.unlockWithPasskey(entry, asPasskey(2).secret)).ok);
  assert.is((await keyrings.dropPasskey(entry)).passkey, null);
  assert.equal(await keyrings.unlockWithPasskey(entry, asPasskey(2).secret), refused);
  assert.is((await rawRow(entry))['byPasskey'], undefined);
});

test('a passkey goes when a forgotten passphrase is replaced, and its box opens for no other purpose', async () => {
  const { entry, recoverySecret } = await made();
  await keyrings.addPasskey(entry, passphrase, asPasskey(1));
  assert.ok((await keyrings.unlockWithRecovery(entry, recoverySecret, 'a new passphrase')).ok);
  assert.not.ok((await keyrings.unlockWithPasskey(entry, asPasskey(1).secret)).ok);
  await keyrings.addPasskey(entry, 'a new passphrase', asPasskey(1));
  await tamper(entry, (row: { byPasskey: unknown; byRecovery: unknown }) => (row.byRecovery = row.byPasskey));
  const digits = Buffer.from(asPasskey(1).secret).toString('hex');
  assert.not.ok((await keyrings.unlockWithRecovery(entry, digits, 'another passphrase')).ok);
});

test('the secret that the server is to hold opens with the data key alone, and one on paper is nowhere', async () => {
  const { entry, key, recoverySecret } = await made();
  assert.is(await keyrings.serverSecret(entry, key), recoverySecret);
  const other = await made(session, 'laptop');
  assert.is(await keyrings.serverSecret(entry, other.key), null);
  assert.is(await keyrings.serverSecret(other.entry, other.key), null);
  assert.is((await rawRow(other.entry))['ownSecret'], undefined);
  await keyrings.remove(entry);
  assert.is(await keyrings.serverSecret(entry, key), null);
});

test.run();
