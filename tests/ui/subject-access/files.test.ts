/** The two files that answer a request: marked, whole, and nothing in them runs or loads (S31, S24). */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json, JsonObject } from '../../../src/domain/canonical.ts';
import type { Found, HeldChange } from '../../../src/protocol/subject-access.ts';
import { contentsLines, contentsOf, type Contents } from '../../../src/ui/subject-access/contents.ts';
import { accountOf, type Collected } from '../../../src/ui/subject-access/disclosure.ts';
import { dataFile, readableFile } from '../../../src/ui/subject-access/files.ts';
import { organisationOf } from '../export/organisation.ts';

const test = suite('the files of a subject access request');

const [avery, lee] = ['a'.repeat(32), 'b'.repeat(32)];
const organisation = { ...organisationOf({ people: { [avery]: 'Avery Auditor', [lee]: 'Lee Lead' } }), imports: [] };
const whole: Contents = {
  found: 1,
  included: 1,
  leftOut: { byChoice: 0, keptBack: 0, beyondTheList: 0 },
  erased: 0,
};
const about = {
  authorityName: 'Testshire',
  reference: 'CASE-1',
  search: 'c'.repeat(32),
  by: 'Lee Lead',
  atMs: 0,
  contents: whole,
};

const change = (unit: string, value: JsonObject, state = 'accepted'): HeldChange => ({
  unit,
  kind: 'audit',
  value,
  person: avery as never,
  device: 'd'.repeat(32) as never,
  claimedMs: 1_000,
  receivedMs: 2_000,
  state,
  erased: false,
});

const found: Found = {
  record: 'e'.repeat(32) as never,
  in: ['current'],
  reference: 'CASE-1',
  changes: 1,
  blind: false,
  erased: false,
};

const collected = (history: readonly HeldChange[], why = ''): Collected => ({
  found,
  held: {
    units: Object.fromEntries(
      history.map(({ unit, value }) => [
        unit,
        { op: `${avery}:1`, value, author: avery, stamp: { ms: 1, count: 0 }, others: [] },
      ]),
    ),
    history: [...history],
    decisions: [{ what: 'discarded', author: avery as never, by: lee as never, why, atMs: 1, content: [] }],
    openedBy: [{ person: lee as never, firstMs: 1, lastMs: 2 }],
    missing: 0,
  },
});

const section = (evidence: string): HeldChange =>
  change('section:child-seen', {
    grade: 'inadequate',
    notApplicable: false,
    notApplicableReason: '',
    evidence,
    rationale: '',
  });

const readable = (one: Collected): string => readableFile(about, [accountOf(one, organisation)]);

test('the readable file is marked at both ends, says who asked what, and has every text with its mark', () => {
  const file = readable(
    collected([
      section('seen twice in the file'),
      change('voice:parent', { obtained: true, words: 'we were heard', because: '' }),
    ]),
  );
  assert.is(file.match(/<p class="marking">OFFICIAL-SENSITIVE<\/p>/g)?.length, 2);
  for (const text of ['Testshire', 'CASE-1', 'Lee Lead', 'Avery Auditor', 'seen twice in the file', 'we were heard'])
    assert.match(file, text);
  assert.match(file, /<dt>Grade<\/dt><dd>Inadequate<\/dd>/);
  assert.match(file, /Evidence <span class="mark">Free text/);
  assert.match(file, /What they said <span class="mark">About somebody else/);
  // What is empty makes no line.
  assert.not.match(file, '<dd></dd>');
});

test('nothing that anybody wrote becomes an element, and the file may load nothing', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '<script>x()</script>',
      '"><img src=x onerror=x()>',
      "'><svg onload=x()>",
      '</dd></dl><h1>x',
      '&lt;b&gt;',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, (text, other, reference) => {
      const file = readableFile({ ...about, reference }, [accountOf(collected([section(text)], other), organisation)]);
      assert.match(file, "default-src 'none'");
      const tags = new Set([...file.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
      const known = [
        'html',
        'head',
        'meta',
        'title',
        'style',
        'body',
        'p',
        'h1',
        'h2',
        'h3',
        'h4',
        'dl',
        'dt',
        'dd',
        'div',
        'ul',
        'li',
        'span',
      ];
      assert.equal(
        [...tags].filter((tag) => !known.includes(tag ?? '')),
        [],
      );
      assert.not.match(file, /<[^>]*\son[a-z]+=/i);
    }),
  );
});

test('the data file gives back exactly what the server told, with the names it speaks of', () => {
  const anyValue = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>);
  fc.assert(
    fc.property(anyValue, fc.string(), (value, why) => {
      const one = collected([change('section:x', value as JsonObject)], why);
      const read = JSON.parse(dataFile(about, [one], organisation)) as Record<string, unknown>;
      assert.is(read['marking'], 'OFFICIAL-SENSITIVE');
      assert.equal(read['people'], { [avery]: 'Avery Auditor', [lee]: 'Lee Lead' });
      assert.equal(read['audits'], JSON.parse(JSON.stringify([{ ...one.found, ...one.held }])));
    }),
  );
});

test('every audit that was found is said to be in it or not, and why not', () => {
  const one = fc.record({ blind: fc.boolean(), chosen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1 }), fc.nat(2_000), fc.nat(9), (each, beyond, erased) => {
      const list = each.map(({ blind }, i) => ({ ...found, blind, record: `${i}` as never }));
      const chosen = list.filter(({ blind }, i) => !blind && each[i]?.chosen).map(({ record }) => record);
      const total = list.length + beyond;
      const reply = { search: about.search, found: list, total, looked: { changes: 0, decisions: 0 }, erased };
      const contents = contentsOf(reply, chosen);
      const { byChoice, keptBack, beyondTheList } = contents.leftOut;
      assert.is(contents.included, chosen.length);
      assert.is(keptBack, each.filter(({ blind }) => blind).length);
      assert.is(beyondTheList, beyond);
      assert.is(contents.included + byChoice + keptBack + beyondTheList, contents.found);
      const lines = contentsLines(contents);
      assert.is(lines.length, 2 + [byChoice, keptBack, beyondTheList].filter((count) => count > 0).length);
      assert.is(/not everything/.test(lines[0] ?? ''), chosen.length < total);
      const file = readableFile({ ...about, contents }, [accountOf(collected([]), organisation)]);
      for (const line of lines) assert.ok(file.includes(`<li>${line}</li>`), line);
      const data = JSON.parse(dataFile({ ...about, contents }, [], organisation)) as Record<string, unknown>;
      assert.equal(data['contents'], contents);
    }),
  );
});

test('whatever field a value has is in the account', () => {
  const name = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(name, fc.string({ minLength: 1 }), (field, text) => {
      const { chapters } = accountOf(collected([change('concern', { [field]: text })]), organisation);
      const history = chapters.find(({ title }) => title.startsWith('History'));
      assert.is(history?.passages[0]?.lines.length, 1);
    }),
  );
});

test.run();
