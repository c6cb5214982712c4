import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstHead, leafOf, nextHead, valueHash, type OpHeader } from '../../src/domain/chain.ts';
import type { AuthorityId, GroupId } from '../../src/domain/ids.ts';
import { device, op, person, record, sha256 } from './any.ts';

const test = suite('the chain of a device');

const header: OpHeader = {
  authority: 'a'.repeat(32) as AuthorityId,
  person: person(1),
  device: device(2),
  seq: 7,
  group: 'b'.repeat(32) as GroupId,
  groupSize: 2,
  record: record(3),
  kind: 'audit',
  unit: 'section:child-seen',
  claimed: { ms: 1_700_000_000_000, count: 5 },
  base: op(4, 9),
  settles: [op(5, 1), op(6, 2)],
};
const value = { grade: 'inadequate', notApplicable: false, evidence: 'Not seen since March.' };
const salt = '0123456789abcdef0123456789abcdef';
const salted = valueHash(sha256, salt, value);
const leaf = leafOf(sha256, header, salted);

// Written down once from the first version: a change of any of these breaks every chain that exists.
test('gives the hashes it has always given', () => {
  assert.is(salted, 'cd51389c54b4e94ddab4879778be1e1f21baa0854cbba2cbff5028e0b622c59e');
  assert.is(leaf, 'f238a3d8cbb2426e8e08623964d635eb83a79361b42934cc001d0d91bb39153b');
  assert.is(firstHead(sha256, header.device), 'd009806bec05746234a48f172e623898ce0c69c2ff6bf85eaa4a0b8e02344300');
  assert.is(
    nextHead(sha256, firstHead(sha256, header.device), leaf),
    'cd6ff2d37b8d16280d76c023c05ebf2148c224cc7a3a8347b47adc9fcf5c7cee',
  );
});

const changes: Record<keyof OpHeader, Partial<OpHeader>[]> = {
  authority: [{ authority: 'c'.repeat(32) as AuthorityId }],
  person: [{ person: person(9) }],
  device: [{ device: device(9) }],
  seq: [{ seq: 8 }],
  group: [{ group: 'c'.repeat(32) as GroupId }],
  groupSize: [{ groupSize: 3 }],
  record: [{ record: record(9) }],
  kind: [{ kind: 'action' }],
  unit: [{ unit: 'section:risk-analysis' }],
  claimed: [{ claimed: { ms: 1_700_000_000_001, count: 5 } }, { claimed: { ms: 1_700_000_000_000, count: 6 } }],
  base: [{ base: null }, { base: op(4, 8) }],
  settles: [{ settles: [] }, { settles: [op(6, 2), op(5, 1)] }, { settles: [op(5, 1)] }],
};
for (const [field, others] of Object.entries(changes)) {
  test(`a change of ${field} changes the leaf`, () => {
    for (const other of others) assert.is.not(leafOf(sha256, { ...header, ...other }, salted), leaf);
  });
}

test('a change of the value or of its salt changes the leaf', () => {
  const otherValue = valueHash(sha256, salt, { ...value, grade: 'good' });
  const otherSalt = valueHash(sha256, salt.replace('0', '1'), value);
  assert.is.not(leafOf(sha256, header, otherValue), leaf);
  assert.is.not(leafOf(sha256, header, otherSalt), leaf);
});

test('the order in which a value’s fields were set does not', () => {
  const turned = Object.fromEntries(Object.entries(value).reverse());
  assert.is(valueHash(sha256, salt, turned), salted);
});

test('leaves out, doubles or swaps an op, and the head differs', () => {
  const start = firstHead(sha256, header.device);
  const head = (...leaves: string[]): string => leaves.reduce((prev, next) => nextHead(sha256, prev, next), start);
  const [a, b] = [leaf, leafOf(sha256, { ...header, seq: 8 }, salted)];
  const heads = [head(a, b), head(b, a), head(a), head(b), head(a, a, b), head()];
  assert.is(new Set(heads).size, heads.length);
});

test('two devices never start from the same head', () => {
  assert.is.not(firstHead(sha256, device(1)), firstHead(sha256, device(2)));
});

test.run();
