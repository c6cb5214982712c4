import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dateOrderOf, readDay, type DateOrder } from '../../../src/domain/import/dates.ts';
import { workOf } from '../../work.ts';

const test = suite('dates');
const mostWork = 2;

const dayFirst: readonly (readonly [string, string | null])[] = [
  ['03/04/2026', '2026-04-03'],
  ['3/4/26', '2026-04-03'],
  ['3/4/2026', '2026-04-03'],
  ['03-04-2026', '2026-04-03'],
  ['03.04.2026', '2026-04-03'],
  [' 03/04/2026 ', '2026-04-03'],
  ['03/04/2026\u00a0', '2026-04-03'],
  ['03/04/2026 14:02', '2026-04-03'],
  ['03/04/2026 00:00:00', '2026-04-03'],
  ['03/04/2026, 2:02 pm', '2026-04-03'],
  ['31/12/90', '1990-12-31'],
  ['01/01/89', '2089-01-01'],
  ['29/02/2024', '2024-02-29'],
  ['31/02/2026', null],
  ['29/02/2026', null],
  ['31/04/2026', null],
  ['00/04/2026', null],
  ['03/00/2026', null],
  ['03/13/2026', null],
  ['03/04-2026', null],
  ['03/04/026', null],
  ['03/04', null],
  ['03/04/2026x', null],
  ['03/04/2026 x', null],
  ['x 03/04/2026', null],
  ['01/01/1900', null],
  ['31/12/1989', null],
  ['01/01/2101', null],
];
for (const [text, day] of dayFirst) {
  test(`${text} in a day-first column is ${day ?? 'no day'}`, () => assert.is(readDay(text, 'day-first'), day));
}

const inEitherOrder: readonly (readonly [string, string | null])[] = [
  ['2026-03-09', '2026-03-09'],
  ['2026-03-09T14:02:00Z', '2026-03-09'],
  ['2026-03-09T23:30:00.000+01:00', '2026-03-09'],
  ['2026-03-09 00:00:00', '2026-03-09'],
  ['2026/3/9', '2026-03-09'],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['9 March 2026', '2026-03-09'],
  ['09 march 2026', '2026-03-09'],
  ['9th March 2026', '2026-03-09'],
  ['Monday 9 March 2026', '2026-03-09'],
  ['Mon, 9 Mar 2026', '2026-03-09'],
  ['9-Mar-26', '2026-03-09'],
  ['09-Mar-2026', '2026-03-09'],
  ['1 Sept 2026', '2026-09-01'],
  ['March 9, 2026', '2026-03-09'],
  ['9 Mar. 2026', '2026-03-09'],
  ['31 April 2026', null],
  ['9 Marzo 2026', null],
  ['9 Ma 2026', null],
  ['Mar-26', null],
  ['March 2026', null],
  ['26-Mar', null],
  ['2026', null],
  ['2026-03', null],
  ['20260309', null],
  ['46090', '2026-03-09'],
  ['46090.584', '2026-03-09'],
  ['32874', '1990-01-01'],
  ['32873', null],
  ['73415', '2100-12-31'],
  ['73416', null],
  ['60', null],
  ['-46090', null],
  ['46,090', null],
  ['046090', null],
  ['', null],
  ['nan', null],
  ['TBC', null],
  ['n/a', null],
];
for (const [text, day] of inEitherOrder) {
  test(`${JSON.stringify(text)} is ${day ?? 'no day'}, whatever the order`, () => {
    for (const order of ['day-first', 'month-first', null] as const) assert.is(readDay(text, order), day);
  });
}

test('a slashed date is read in the order of its column alone, and without one not at all', () => {
  assert.is(readDay('03/04/2026', 'day-first'), '2026-04-03');
  assert.is(readDay('03/04/2026', 'month-first'), '2026-03-04');
  assert.is(readDay('03/04/2026', null), null);
  assert.is(readDay('13/04/2026', null), null);
  assert.is(readDay('13/04/2026', 'month-first'), null);
  assert.is(readDay('04/13/2026', 'day-first'), null);
  assert.is(readDay('04/04/2026', null), '2026-04-04');
});

const orders: readonly (readonly [string, readonly string[], ReturnType<typeof dateOrderOf>])[] = [
  ['one day after the twelfth settles it', ['03/04/2026', '13/04/2026', '01/02/2026'], 'day-first'],
  ['so does one month-first date', ['03/04/2026', '04/13/2026'], 'month-first'],
  ['both contradict each other', ['13/04/2026', '04/13/2026'], 'ambiguous'],
  ['no cell settles it', ['03/04/2026', '05/06/2026'], 'ambiguous'],
  ['the same in both orders settles nothing, and needs nothing', ['04/04/2026', '05/05/2026'], 'none'],
  ['dates that do not exist settle nothing', ['31/02/2026', '02/31/2026', '99/99/2026'], 'none'],
  ['ISO dates, numbers and names of months need none', ['2026-03-09', '46090', '9 March 2026'], 'none'],
  ['there is no date', ['', 'TBC', 'nan'], 'none'],
  ['there is nothing', [], 'none'],
];
for (const [name, samples, order] of orders) {
  test(`the order of a column: ${name}`, () => assert.is(dateOrderOf(samples), order));
}

const firstMs = Date.UTC(1990, 0, 1);
const days = (Date.UTC(2100, 11, 31) - firstMs) / 86_400_000;
const monthNames = 'January February March April May June July August September October November December'.split(' ');

const two = (n: number): string => String(n).padStart(2, '0');

/** Every way a day is written, with the orders in which it is that day. */
function writings(day: string): [string, readonly DateOrder[]][] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const name = monthNames[month - 1] ?? '';
  const both = ['day-first', 'month-first'] as const;
  const serial = (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000;
  return [
    [day, both],
    [`${day}T10:11:12Z`, both],
    [`${date} ${name} ${year}`, both],
    [`${two(date)}-${name.slice(0, 3)}-${two(year % 100)}`, year < 2090 ? both : []],
    [`${name} ${date}, ${year}`, both],
    [String(serial), both],
    [`${serial}.75`, both],
    ...['/', '-', '.'].flatMap((sign): [string, readonly DateOrder[]][] => [
      [[two(date), two(month), year].join(sign), ['day-first']],
      [[date, month, year].join(sign), ['day-first']],
      [[two(month), two(date), year].join(sign), ['month-first']],
      [[date, month, two(year % 100)].join(sign), year < 2090 ? ['day-first'] : []],
    ]),
  ];
}

test('every day from 1990 to 2100 is read back from every way it is written', () => {
  for (let n = 0; n <= days; n++) {
    const day = new Date(firstMs + n * 86_400_000).toISOString().slice(0, 10);
    for (const [text, inOrders] of writings(day)) {
      for (const order of inOrders)
        if (readDay(text, order) !== day) assert.unreachable(`${text} is not read as ${day}`);
    }
  }
});

test('a serial number counts the leap day of 1900 that never was, as Excel does', () => {
  assert.is(readDay('36526', null), '2000-01-01');
  assert.is(readDay('43831', null), '2020-01-01');
});

test('whatever is written, a day is one that exists and lies between 1990 and 2100, and never two days in one order', () => {
  const part = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1985, max: 2105 })).map(String);
  const sign = fc.constantFrom('/', '-', '.', ' ');
  const text = fc.tuple(part, sign, part, sign, part).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.oneof(text, fc.string({ maxLength: 20 })),
      fc.constantFrom(null, 'day-first', 'month-first'),
      (raw, order) => {
        const day = readDay(raw, order as DateOrder | null);
        if (day === null) return;
        assert.is(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10), day);
        assert.ok(day >= '1990-01-01' && day <= '2100-12-31');
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a column read in the order it says loses none of its dates', () => {
  const day = fc.nat({ max: days }).map((n) => new Date(firstMs + n * 86_400_000));
  fc.assert(
    fc.property(fc.array(day, { minLength: 1 }), fc.boolean(), (moments, american) => {
      const texts = moments.map((moment) => {
        const [date, month] = [moment.getUTCDate(), moment.getUTCMonth() + 1];
        return (american ? [month, date] : [date, month]).concat(moment.getUTCFullYear()).join('/');
      });
      const order = dateOrderOf(texts);
      if (order === 'ambiguous') return;
      const expected = moments.map((moment) => moment.toISOString().slice(0, 10));
      assert.equal(
        texts.map((text) => readDay(text, order === 'none' ? null : order)),
        expected,
      );
    }),
  );
});

test('50,000 characters that almost are a date are settled at once', async () => {
  const texts = ['1'.repeat(50_000), ' '.repeat(50_000), `3/3/2026${' '.repeat(50_000)}x`, '1/'.repeat(25_000)];
  for (const text of texts) {
    const work = await workOf(() => assert.is(readDay(text, 'day-first'), null));
    assert.ok(work < mostWork, `${work}`);
  }
});

test.run();
