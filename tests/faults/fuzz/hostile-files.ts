/**
 * Files that somebody might offer as a tracker and should not: other formats under the name of one, tables with every mess that
 * can be put into them, and what would exhaust a laptop. From a seed, so that one can be had again.
 */
import type { Chance } from '../../e2e/support/random.ts';
import type { FileLike } from '../../../workers/import/bytes.ts';
import { characters1252, sparseFile, writeFile, type Writing } from '../../workers/import/csv-writer.ts';

export interface HostileFile {
  readonly kind: string;
  readonly file: FileLike & { arrayBuffer?: () => Promise<ArrayBuffer> };
}

type Make = (random: Chance) => FileLike;

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const text = (...parts: readonly BlobPart[]): Blob => new Blob([...parts]);

const plain = [
  '2026-03-01',
  '31/12/2025',
  'Assessment',
  'East',
  'C-12',
  'Good',
  'Inadequate',
  'n/a',
  '',
  '7',
  'Ash Auditor',
];
const formulas = [
  '=1+1',
  '+44',
  '-2+3',
  '@SUM(1)',
  '=HYPERLINK("http://x.test","y")',
  "=cmd|'/C calc'!A0",
  '\t=1',
  '＝1',
  '-7',
];
const odd = [
  '__proto__',
  'constructor',
  'toString',
  '<img src=x onerror=alert(1)>',
  '\u202e evil',
  '\u200b',
  '\ufffd',
  '\ufeff',
  '🙂',
  'é',
];
const broken = [
  '\0',
  '\u0001\u0007',
  '\u2028',
  '\r',
  '\n',
  'a\r\nb',
  '"',
  '""',
  '"a"b',
  ',',
  ';',
  '|',
  '\ud800',
  '\udc00',
];
const heading = ['Date', 'Service', 'Team', 'Case', 'Overall', 'Risk', 'Plan'];

const cell = (random: Chance): string => random.pick(random.pick([plain, plain, formulas, odd, broken]));
const columnsOf = (random: Chance): number => random.pick([1, 2, 6, 7, 7, 7, 8, 30]);
const table = (random: Chance, cellOf: (random: Chance) => string): string[][] => {
  const columns = columnsOf(random);
  const top = Array.from({ length: columns }, (_, i) => heading[i] ?? `Column ${i}`);
  const uneven = random.between(0, 3) === 0;
  return [
    ...(random.between(0, 5) === 0 ? [] : [top]),
    ...many(random.between(0, 30), () => many(uneven ? random.between(0, columns + 3) : columns, () => cellOf(random))),
  ];
};

/** A tracker as it should be, but for a cell here and there. */
function tracker(random: Chance): string[][] {
  const row = (): string[] => [
    '2026-03-01',
    'Assessment',
    'East',
    'C-1',
    random.pick(['Good', 'Inadequate', 'n/a']),
    'Good',
    '',
  ];
  const long = 'x'.repeat(random.pick([61, 121, 201, 2_001, 31_999]));
  const mess = (): string => random.pick([...formulas, ...odd, ...broken.slice(1), long, ...plain]);
  return [
    heading,
    ...many(random.between(1, 12), () => row().map((each) => (random.between(1, 8) === 1 ? mess() : each))),
  ];
}

const encodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'] as const;
const writing = (random: Chance): Partial<Writing> => ({
  delimiter: random.pick([',', ';', '\t', '|'] as const),
  newline: random.pick(['\n', '\r\n', '\r'] as const),
  encoding: random.pick(encodings),
  quoteAll: random.pick([true, false]),
  preamble: random.pick([[], [], ['A made-up council'], ['Title', '', 'Subtitle']]),
  lineEnds: random.between(0, 3),
});
const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());

/** A well-made table with some of its bytes changed, left out, doubled or put in. Only the bytes of a Blob are known at once. */
const torn: Make = (random) => {
  const whole = writeFile(
    table(random, (from) => from.pick(plain)),
    writing(random),
  );
  const edits = many(
    random.between(1, 6),
    () => [random.between(0, 1e6), random.between(0, 255), random.pick(['put', 'cut', 'end', 'twice'])] as const,
  );
  const made = bytesOf(whole).then((bytes) => {
    let all = [...bytes];
    for (const [place, byte, how] of edits) {
      const at = all.length === 0 ? 0 : place % all.length;
      if (how === 'put') all.splice(at, 1, byte);
      else if (how === 'cut') all.splice(at, 1 + (byte % 9));
      else if (how === 'end') all = all.slice(0, at);
      else all = [...all, ...all.slice(at)];
    }
    return Uint8Array.from(all);
  });
  // As long as it may become: what is beyond its end reads as nothing, as of a file that has shrunk since it was chosen.
  return {
    size: whole.size * 2 ** edits.length,
    slice: (from, to) => ({ arrayBuffer: async () => (await made).slice(from, to).buffer }),
  };
};

const starts: Readonly<Record<string, readonly number[]>> = {
  'zip, xlsx, ods, docx': [0x50, 0x4b, 3, 4],
  'an empty zip': [0x50, 0x4b, 5, 6],
  'a spanned zip': [0x50, 0x4b, 7, 8],
  'xls or doc': [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  'an exe': [0x4d, 0x5a, 0x90, 0],
  'an ELF': [0x7f, 0x45, 0x4c, 0x46],
  png: [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
  jpeg: [0xff, 0xd8, 0xff, 0xe0],
  gzip: [0x1f, 0x8b, 8],
  '7z': [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  pdf: [...Buffer.from('%PDF-1.7\n%âãÏÓ\n')],
  rtf: [...Buffer.from('{\\rtf1\\ansi ')],
  sqlite: [...Buffer.from('SQLite format 3\0')],
  utf32: [0xff, 0xfe, 0, 0, 0x41, 0, 0, 0],
  'a backup of ours': [...Buffer.from('{"format":"plumbline-backup","version":1}\n')],
};
const html =
  '<!doctype html><html><script>alert(1)</script><table><tr><td>Date</td><td>Good</td></tr></table></html>\n';
const xml =
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;&b;</x>\n';

const otherFormat: Make = (random) => {
  const start = random.pick(Object.values(starts));
  const rest = random.pick([
    many(random.between(0, 400), () => random.between(0, 255)),
    [...Buffer.from('Date,Grade\n2026-01-01,Good\n')],
    many(100, () => 0x2c),
  ]);
  return text(Uint8Array.from([...start, ...rest]));
};

const kinds: Readonly<Record<string, Make>> = {
  'messes in cells': (random) => writeFile(table(random, cell), writing(random)),
  'a tracker with messes': (random) => writeFile(tracker(random), writing(random)),
  'cells that are not quoted': (random) =>
    text(
      table(random, cell)
        .map((cells) => cells.join(random.pick([',', ';', '\t'])))
        .join(random.pick(['\n', '\r\n', '\r'])),
    ),
  formulas: (random) =>
    writeFile(
      table(random, (from) => from.pick(formulas)),
      writing(random),
    ),
  'windows-1252': (random) =>
    writeFile(
      table(random, (from) => from.pick(characters1252) + from.pick(plain)),
      { ...writing(random), encoding: 'windows-1252', preamble: [] },
    ),
  torn,
  'another format': otherFormat,
  'html, xml or json': (random) =>
    text(random.pick([html, xml, '[{"Date":1,"__proto__":{"a":2}}]\n', 'a=1&b=2\n']).repeat(random.between(1, 50))),
  'bytes of chance': (random) => text(Uint8Array.from(many(random.between(0, 2_000), () => random.between(0, 255)))),
  'half characters': (random) => {
    const units = many(random.between(1, 400), () =>
      random.pick([0x2c, 0x0a, 0x22, 0x41, 0xd800, 0xdfff, 0, 0xfeff, 0x2028]),
    );
    const bytes = units.flatMap((unit) => [unit & 0xff, unit >> 8]);
    return text(Uint8Array.from([0xff, 0xfe, ...bytes, ...(random.between(0, 1) === 0 ? [0x41] : [])]));
  },
  'UTF-8 that is none': (random) => {
    const parts = [
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xff],
      [0xe2, 0x82],
      [0x2c],
      [0x0a],
      [0x41],
    ];
    return text(
      Uint8Array.from([...Buffer.from('a,b\n'), ...many(random.between(1, 200), () => random.pick(parts)).flat()]),
    );
  },
  'quotes without end': (random) =>
    text('a,b\n', random.pick(['"', '""', '"a', 'x"y,', '"\n', '",', ' "a" b,']).repeat(random.between(1, 5_000))),
  'nothing but separators': (random) =>
    text(random.pick([',', ';', '\n', '\r', ',\n', '\t', ' ', ',,,\n', '\ufeff']).repeat(random.between(0, 5_000))),
};

/** What takes a while each: one in a hundred. */
const large: Readonly<Record<string, Make>> = {
  'a million columns': (random) => sparseFile(2_000_000, '', random.pick(['a,', ',', '"",', 'a;'])),
  'a row without end': (random) =>
    sparseFile(random.pick([3_000_000, 40_000_000]), 'a,b\n', random.pick(['x', '"a', ' x', '"" '])),
  'rows without end': (random) =>
    sparseFile(random.pick([3_000_000, 20_000_000]), 'a,b\n', random.pick(['\n', '1,2\n', ',\n', '"\n","\n'])),
  'more than may be': (random) =>
    sparseFile(random.pick([50_000_001, 2 ** 31, 2 ** 40]), 'Date,Grade\n', '2026-01-01,Good\n'),
  'a huge cell': (random) =>
    text('a,b\n1,"', 'y'.repeat(random.pick([31_999, 32_001, 999_990, 1_000_001])), '"\n2,3\n'),
};

export function hostileFile(random: Chance): HostileFile {
  const from = random.between(1, 100) === 1 ? large : kinds;
  const kind = random.pick(Object.keys(from));
  const make = from[kind];
  if (make === undefined) throw new Error(`There is no way to make ${kind}`);
  return { kind, file: make(random) };
}
