/** What is done to the bytes of a request, and to what goes with them. */
import type { Chance } from '../../e2e/support/random.ts';
import type { Sent } from './rules-of-requests.ts';

type Change = (sent: Sent, random: Chance, others: readonly string[]) => Sent;

const text =
  (change: (json: string, random: Chance) => string): Change =>
  (sent, random) => ({ ...sent, body: Buffer.from(change(sent.body.toString('utf8'), random)) });
const inside = (json: string, random: Chance, put: string): string => {
  const at = random.between(1, json.length - 1);
  return json.slice(0, at) + put + json.slice(at);
};
const afterBrace = (json: string, random: Chance, put: string): string => {
  const braces = [...json.matchAll(/\{(?=")/g)].map(({ index }) => index + 1);
  const at = random.pick(braces);
  return json.slice(0, at) + put + json.slice(at);
};
const odd = [
  '"__proto__":{"polluted":1},',
  '"constructor":{"prototype":{}},',
  '"\\u005f_proto__":1,',
  '"prototype":0,',
];

export const changesOfBytes: Readonly<Record<string, Change>> = {
  'truncated JSON': text((json, random) => json.slice(0, random.between(0, json.length - 1))),
  'prototype keys': text((json, random) => afterBrace(json, random, random.pick(odd))),
  'keys twice': text((json, random) =>
    afterBrace(json, random, random.pick(['"seq":1,', '"person":"x",', '"value":{},', '"ops":[],'])),
  ),
  'deep nesting': text((json, random) => {
    const depth = random.between(8, 40);
    return afterBrace(json, random, `"deep":${'['.repeat(depth)}${']'.repeat(depth)},`);
  }),
  'stray text': text((json, random) =>
    inside(json, random, random.pick(['\0', '}', ',', '"', '\\', '\ufeff', '1e999', '\ud800', '\n'])),
  ),
  'a byte order mark': text((json) => `\ufeff${json}`),
  'numbers without end': text((json, random) =>
    json.replace(/:\d+/, `:${random.pick(['1e400', '-0', '1e-9', '00', '9'.repeat(400)])}`),
  ),
  'bytes that are no text': (sent, random) => {
    const body = Buffer.from(sent.body);
    body[random.between(0, body.length - 1)] = random.between(0x80, 0xff);
    return { ...sent, body };
  },
  'too many bytes': text(
    (json, random) => json + ' '.repeat(512 * 1024 - Buffer.byteLength(json) + random.between(0, 1)),
  ),
  'another type': (sent, random) => {
    const type = random.pick(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json']);
    return { ...sent, headers: { ...sent.headers, 'content-type': type } };
  },
  'no header of ours': (sent) => ({ ...sent, headers: { 'content-type': 'application/json' } }),
  'no session': (sent) => ({ ...sent, as: null }),
  'another’s session': (sent, random, others) => ({ ...sent, as: random.pick(others) }),
};
