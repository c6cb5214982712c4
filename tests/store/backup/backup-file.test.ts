import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordGroups } from '../../../src/store/record.ts';
import { readRecords } from '../../../src/store/view.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  event,
  laptop,
  randomBytes,
  recordId,
  section,
  startAudit,
} from '../laptop.ts';
import {
  bytesIn,
  fileOf,
  fileOfBytes,
  fileOfLines,
  headerLength,
  open,
  passphrase,
  recordsOf,
  whoOf,
  wrongWith,
} from './files.ts';
import { workOf } from '../../work.ts';

const test = suite('a backup file');
const mostWork = 30;
const march = 1_740_900_000_000;

/** Text that packs badly, so that a small file has several chunks. */
const randomText = (length: number): string => Buffer.from(randomBytes(length)).toString('base64').slice(0, length);

/** Three audits, one of them graded twice and submitted in March. */
async function filled() {
  const { store, port, clock } = await laptop();
  for (const number of [1, 2, 3]) await startAudit(store, recordId(number));
  await act(store, edit(recordId(1), 'section:risk', section('first thoughts', 'inadequate')));
  await act(store, edit(recordId(2), 'section:risk', section(randomText(6000))));
  await act(store, edit(recordId(1), 'section:risk', section('second thoughts', 'good')));
  await recordGroups(store, [
    {
      doneMs: march,
      edits: [edit(recordId(4), 'case', caseValue('C-4')), edit(recordId(4), 'allocation', allocation())],
    },
    { doneMs: march + 1, edits: [edit(recordId(4), 'submitted', event())] },
  ]);
  return { store, port, clock };
}

test('gives back every record as it showed, and every change in its order with its time and its group', async () => {
  const { store, port } = await filled();
  const opened = await open(await fileOf(store));
  assert.equal(opened.who, whoOf());
  const records = await recordsOf(opened);
  const shown = await readRecords(store, [1, 2, 3, 4].map(recordId));
  assert.equal(
    records.map(({ id, units }) => [id, Object.fromEntries(units)]),
    shown.map(({ id, units }) => [
      id,
      Object.fromEntries(Object.entries(units).map(([name, { value }]) => [name, value])),
    ]),
  );
  const pending = port.dump().pending;
  for (const { id, changes } of records) {
    const rows = pending.filter(({ record }) => record === id);
    assert.equal(
      changes.map(({ unit, claimed, group, base, settles }) => ({ unit, claimed, group, base, settles })),
      rows.map(({ unit, claimed, group, base, settles }) => ({ unit, claimed, group, base, settles })),
    );
  }
  assert.equal(
    records[0]?.changes.filter(({ unit }) => unit === 'section:risk').map(({ value }) => value['grade']),
    ['inadequate', 'good'],
  );
});

test('says in its first line how to read it and when it was made, and nothing of anybody', async () => {
  const { store } = await filled();
  const bytes = await bytesIn(await fileOf(store));
  const line = new TextDecoder().decode(bytes.slice(0, headerLength(bytes)));
  const header = JSON.parse(line) as Record<string, unknown>;
  assert.equal(Object.keys(header), ['format', 'version', 'made', 'key', 'content']);
  assert.is(header['made'], '2025-06-15T15:06:40.000Z');
  const all = new TextDecoder('latin1').decode(bytes);
  for (const sentinel of ['Alex', 'Made-up', 'C-4', 'thoughts']) assert.not.ok(all.includes(sentinel), sentinel);
});

test('of a laptop with nothing on it holds nothing, and opens', async () => {
  const { store } = await laptop();
  assert.equal(await recordsOf(await open(await fileOf(store))), []);
});

test('made twice is two different files: neither salt nor a byte of content repeats', async () => {
  const { store } = await filled();
  const [a, b] = [await bytesIn(await fileOf(store)), await bytesIn(await fileOf(store))];
  const from = headerLength(a);
  assert.not.equal(a.slice(from, from + 16), b.slice(from, from + 16));
});

test('opens with its own passphrase alone; the same characters from another keyboard are the same', async () => {
  const { store } = await laptop();
  const file = await fileOf(store, { passphrase: 'caf\u00e9 on the corner' });
  assert.is(await wrongWith(file, 'cafe\u0301 on the corner'), null);
  assert.is(await wrongWith(file, 'cafe on the corner'), 'wrong-file-passphrase');
  assert.is(await wrongWith(file, ''), 'wrong-file-passphrase');
});

test('with any byte changed does not open, or is found damaged before it has been read through', async () => {
  const { store } = await filled();
  const bytes = await bytesIn(await fileOf(store));
  const header = headerLength(bytes);
  const closed = ['not-a-backup', 'newer-backup', 'strange-backup', 'wrong-file-passphrase', 'damaged-backup'];
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ flip : byte));
      const wrong = await wrongWith(new Blob([changed]));
      assert.ok(wrong !== null && closed.includes(wrong), `byte ${at}: ${wrong}`);
      if (at >= header + 16) assert.is(wrong, 'damaged-backup');
    }),
    { numRuns: 300 },
  );
});

test('cut anywhere, or with anything after its end, is found damaged', async () => {
  const { store } = await filled();
  const file = await fileOf(store);
  const header = headerLength(await bytesIn(file));
  assert.ok(file.size > header + 3 * 1040, 'the file has several chunks');
  const lengths = [
    ...Array.from({ length: 40 }, (_, i) => file.size - 1 - i),
    header + 16,
    header + 17,
    header + 16 + 1040,
  ];
  for (const length of lengths) assert.is(await wrongWith(file.slice(0, length)), 'damaged-backup', String(length));
  assert.is(await wrongWith(file.slice(0, header + 5)), 'damaged-backup');
  assert.is(await wrongWith(file.slice(0, header - 1)), 'not-a-backup');
  for (const more of ['\n', 'x'.repeat(17), 'x'.repeat(5000)])
    assert.is(await wrongWith(new Blob([file, more])), 'damaged-backup');
});

test('with its chunks in another order, one left out, or joined to another file is found damaged', async () => {
  const { store } = await filled();
  const file = await fileOf(store);
  const from = headerLength(await bytesIn(file)) + 16;
  const chunk = (n: number): Blob => file.slice(from + n * 1040, from + (n + 1) * 1040);
  const start = file.slice(0, from);
  const rest = file.slice(from + 2 * 1040);
  assert.is(await wrongWith(new Blob([start, chunk(0), chunk(1), rest])), null);
  assert.is(await wrongWith(new Blob([start, chunk(1), chunk(0), rest])), 'damaged-backup');
  assert.is(await wrongWith(new Blob([start, chunk(1), rest])), 'damaged-backup');
  assert.is(await wrongWith(new Blob([start, chunk(0), chunk(0), chunk(1), rest])), 'damaged-backup');
  assert.is(await wrongWith(new Blob([file, file])), 'damaged-backup');
  const other = await fileOf(store);
  assert.is(await wrongWith(new Blob([file.slice(0, from), other.slice(from)])), 'damaged-backup');
  assert.is(await wrongWith(new Blob([other.slice(0, from - 16), file.slice(from - 16)])), 'wrong-file-passphrase');
});

test('whose last chunk is full ends there: no chunk is empty, and one more is too many', async () => {
  for (const length of [1023, 1024, 1025, 2048]) {
    const file = await fileOfBytes(
      (async function* () {
        yield new Uint8Array(length);
      })(),
    );
    const header = headerLength(await bytesIn(file));
    assert.is(file.size - header - 16, length + 16 * Math.ceil(length / 1024));
  }
});

const header = (changes: object, more: object = {}): Blob => {
  const key = { from: 'PBKDF2-SHA256', iterations: 10, salt: '0'.repeat(32), ...changes };
  const content = { sealed: 'AES-256-GCM', chunkBytes: 1024, packed: 'gzip' };
  const line = { format: 'plumbline-backup', version: 1, made: '2026-01-01T00:00:00Z', key, content, ...more };
  return new Blob([`${JSON.stringify(line)}\n`, new Uint8Array(100)]);
};

const firstLines: readonly (readonly [string, Blob, string])[] = [
  ['an empty file', new Blob([]), 'not-a-backup'],
  ['a picture', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])]), 'not-a-backup'],
  ['a long file without a line', new Blob(['x'.repeat(100_000)]), 'not-a-backup'],
  ['JSON of somebody else', new Blob(['{"format":"other","version":1}\n']), 'not-a-backup'],
  ['a list', new Blob(['[]\n']), 'not-a-backup'],
  ['a later version', header({}, { version: 2, anything: true }), 'newer-backup'],
  ['iterations without end', header({ iterations: 4_000_000_000 }), 'strange-backup'],
  ['no iterations', header({ iterations: 0 }), 'strange-backup'],
  ['half an iteration', header({ iterations: 0.5 }), 'strange-backup'],
  ['another way to a key', header({ from: 'none' }), 'strange-backup'],
  ['a short salt', header({ salt: '00' }), 'strange-backup'],
  ['a field too many', header({ why: 1 }), 'strange-backup'],
  ['a key that reaches a prototype', header({}, JSON.parse('{"__proto__":{"x":1}}') as object), 'strange-backup'],
  [
    'huge chunks',
    header({}, { content: { sealed: 'AES-256-GCM', chunkBytes: 2 ** 31, packed: 'gzip' } }),
    'strange-backup',
  ],
  ['a first line of ours and nothing behind', header({}).slice(0, -90), 'damaged-backup'],
];
for (const [what, file, problem] of firstLines) {
  test(`${what} is told apart at once: ${problem}`, async () => {
    const work = await workOf(async () => assert.is(await wrongWith(file), problem));
    assert.ok(work < mostWork, `${work}`);
  });
}

const record = JSON.stringify({ is: 'record', id: recordId(1), kind: 'audit' });
const change = (changes: object = {}): string =>
  JSON.stringify({
    is: 'change',
    group: '1'.repeat(32),
    unit: 'case',
    value: caseValue('C-1'),
    claimed: { ms: march, count: 0 },
    base: null,
    settles: [],
    held: null,
    ...changes,
  });
const who = JSON.stringify(whoOf());
const end = JSON.stringify({ is: 'end', records: 1, units: 0, changes: 1, digest: '0'.repeat(64) });

const contents: readonly (readonly [string, readonly string[], string])[] = [
  ['no line', [], 'strange-content'],
  ['no end', [who, record, change()], 'strange-content'],
  ['an end whose digest is not that of the lines', [who, record, change(), end], 'strange-content'],
  ['a line after the end', [who, end.replace('"records":1', '"records":0'), record], 'strange-content'],
  ['a change before a record', [who, change()], 'strange-content'],
  ['a record before anybody', [record], 'strange-content'],
  ['somebody else half-way', [who, record, who], 'strange-content'],
  ['a record twice', [who, record, change(), record, change()], 'strange-content'],
  ['a unit twice', [who, record, ...Array(2).fill('{"is":"unit","unit":"case","value":{}}')], 'strange-content'],
  ['an unknown kind', [who, record.replace('audit', 'weather')], 'strange-content'],
  ['an unknown unit', [who, record, change({ unit: 'constructor' })], 'strange-content'],
  ['a value that breaks its schema', [who, record, change({ value: { reference: 7 } })], 'strange-content'],
  ['a number that is none', [who, record, change().replace(`${march}`, '1e999')], 'strange-content'],
  [
    'a key that reaches a prototype',
    [who, record, change().replace('"header":{}', '"header":{},"__proto__":{"admin":true}')],
    'strange-content',
  ],
  ['half a character', [who, record, change().replace('C-1', '\\ud800')], 'strange-content'],
  [
    'lists inside lists without end',
    [who, record, change().replace('"header":{}', `"header":{},"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
    'strange-content',
  ],
  [
    'a group beyond its limit',
    [who, record, ...Array(4).fill(change({ unit: 'section:a', value: section('x'.repeat(20_000)) }))],
    'strange-content',
  ],
  ['a line that is no JSON', [who, record, '{'], 'strange-content'],
  ['a later content', [JSON.stringify({ is: 'who', content: 2, said: 'otherwise' })], 'newer-backup'],
];
for (const [what, lines, problem] of contents) {
  test(`that is sealed well and holds ${what} is refused: ${problem}`, async () => {
    assert.is(await wrongWith(await fileOfLines(...lines)), problem);
  });
}

test('that unpacks to gigabytes is given up early, in little memory', async () => {
  const line = 'x'.repeat(100_000);
  const bomb = await fileOfBytes(
    new Blob([new Uint8Array(500_000_000)]).stream().pipeThrough(new CompressionStream('gzip')) as never,
  );
  assert.ok(bomb.size < 1_000_000, `${bomb.size} bytes`);
  const before = process.memoryUsage().rss;
  const work = await workOf(async () => assert.is(await wrongWith(bomb), 'too-large-backup'));
  assert.ok(work < mostWork, `${work}`);
  assert.ok(process.memoryUsage().rss - before < 200_000_000);
  assert.is(await wrongWith(await fileOfLines(who, ...Array<string>(11).fill(line))), 'strange-content');
  assert.is(await wrongWith(await fileOfLines(who, 'x'.repeat(2_000_000))), 'too-large-backup');
});

test('that is not packed at all, or only begins to be, is refused', async () => {
  const of = (bytes: Uint8Array<ArrayBuffer>) =>
    fileOfBytes(
      (async function* () {
        yield bytes;
      })(),
    );
  assert.is(await wrongWith(await of(new TextEncoder().encode(`${who}\n`))), 'strange-content');
  const packed = new Uint8Array(
    await new Response(new Blob([`${who}\n`]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
  assert.is(await wrongWith(await of(packed.slice(0, -4))), 'strange-content');
  assert.is(await wrongWith(await of(Uint8Array.from([...packed, 1, 2, 3]))), 'strange-content');
});

test('that can no longer be read says so', async () => {
  const { store } = await laptop();
  const file = await fileOf(store);
  const gone = Object.assign(Object.create(file) as Blob, {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('moved', 'NotFoundError')) }),
  });
  assert.is(await wrongWith(gone), 'unreadable-backup');
});

test('whose writing is called off is not finished, and what it was given to is told nothing more', async () => {
  const { store } = await filled();
  const off = new AbortController();
  let pieces = 0;
  const { writeBackup } = await import('../../../src/store/backup/write-backup.ts');
  const writing = writeBackup(off.signal, {
    store,
    who: whoOf(),
    passphrase,
    iterations: 10,
    chunk: 1024,
    put: async () => void (pieces += 1),
    onProgress: (done) => done === 2 && off.abort(),
  });
  await writing.then(
    () => assert.unreachable(),
    (error: unknown) => assert.is(error, off.signal.reason),
  );
  assert.ok(pieces < 3);
});

test.run();
