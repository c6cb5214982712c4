/**
 * Keys that could reach a prototype, and values of other types than asked for, wherever in a request they are: nothing is taken,
 * nothing fails, and no object is changed by it (FAULTS S19, S22).
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { forbiddenKeys } from '../../src/domain/canonical.ts';
import { newId, openLaptop, type Edit, type Laptop } from './client.ts';
import { everyRequest, type Asked } from './every-endpoint.ts';
import { allocation, caseOf, firstQaLead, section, service, startServer, type TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}
const test = suite<Context>('odd keys');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
test.after.each(({ server }) => server.stop());

type Step = string | number;
/** Every place of a value: objects and lists that a key or a member can be put into, and what stands there. */
function places(value: unknown, at: readonly Step[] = []): readonly (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, child]) =>
      places(child, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy with something else at a place. */
function put(value: unknown, [step, ...rest]: readonly Step[], what: unknown): unknown {
  if (step === undefined) return what;
  if (Array.isArray(value)) return value.map((each: unknown, i) => (i === step ? put(each, rest, what) : each));
  return { ...(value as object), [step]: put((value as Record<string, unknown>)[step], rest, what) };
}

const withFields = ({ session, device }: Laptop, { fields }: Asked): object => ({
  ...{ nonce: newId(), protocol: 1, authority: session.authority, person: session.person, device },
  ...fields,
});

/** Sends a text as it is; answers status and problem. */
async function send(
  { server, quinn }: Context,
  path: string,
  body: string,
): Promise<{ status: number; kind: string | undefined }> {
  const headers = { 'content-type': 'application/json', 'x-plumbline': '1', cookie: quinn.browser.cookie ?? '' };
  const reply = await fetch(new URL(path, server.address), { method: 'POST', headers, body });
  const { problem } = (await reply.json()) as { problem?: { kind: string } };
  return { status: reply.status, kind: problem?.kind };
}

const isClean = (): boolean =>
  Object.keys(Object.prototype).length === 0 && ({} as { polluted?: unknown }).polluted === undefined;

test('a key that could reach a prototype is refused at every place of every request, however it is written', async (context) => {
  const escaped = (key: string): string =>
    [...key].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  for (const asked of everyRequest(context.quinn)) {
    const whole = withFields(context.quinn, asked);
    const spots = places(whole).filter((at) => at.length < 6);
    const chosen = fc.sample(fc.constantFrom(...spots), { numRuns: 6, seed: 5 });
    for (const at of [[], ...chosen]) {
      for (const key of forbiddenKeys) {
        for (const written of [key, escaped(key)]) {
          const marked = JSON.stringify(put(whole, at, { mark: 1 })).replace('"mark":1', `"${written}":{"polluted":1}`);
          assert.equal(
            await send(context, asked.path, marked),
            { status: 400, kind: 'bad-request' },
            `${asked.path} ${at.join('.')} ${key}`,
          );
        }
      }
    }
  }
  assert.ok(isClean());
});

test('any other type at any place is answered with a problem, never with a failure', async (context) => {
  const others: readonly unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    '',
    'x',
    '\ud800',
    [],
    [[]],
    {},
    { length: 1 },
    { toString: 1 },
    { valueOf: null },
    { toJSON: 1 },
  ];
  for (const asked of everyRequest(context.quinn).slice(0, -1)) {
    const whole = withFields(context.quinn, asked);
    const tries = fc.sample(fc.tuple(fc.constantFrom(...places(whole)), fc.constantFrom(...others)), {
      numRuns: 40,
      seed: 7,
    });
    for (const [at, other] of tries) {
      const { status, kind } = await send(context, asked.path, JSON.stringify(put(whole, at, other)));
      assert.ok(
        status < 500 && kind !== 'server-error',
        `${asked.path} ${at.join('.')} = ${JSON.stringify(other)}: ${status}`,
      );
    }
  }
  assert.ok(isClean());
  assert.not(context.server.log.some((line) => line.includes('"failed"')));
});

test('names of columns and statements are values like any other, and change no table', async (context) => {
  const { server, quinn } = context;
  const ops = (): unknown => server.rows('select count(*) as n from op')[0]?.['n'];
  const before = ops();
  const names = [
    ...['a" , "b', `units'; drop table op; --`, 'value" = "x', '$1', '?', 'a\u0000b', 'stamp) values (1', '{"a":1}'],
  ];
  for (const name of names) {
    const edit = section(newId(), 'good');
    for (const wrong of [{ unit: name }, { kind: name }, { record: name }, { base: name }, { settles: [name] }]) {
      const throwaway = openLaptop(quinn.browser, quinn.session);
      const pushed = await throwaway.push(throwaway.seal([{ ...edit, ...wrong } as Edit]));
      assert.is(pushed.problem?.kind, 'bad-request', name);
    }
  }
  assert.is(ops(), before);
  // As words, and as names of further fields, they come back as they were.
  const fresh = openLaptop(quinn.browser, quinn.session);
  for (const name of names.filter((each) => !each.includes('\u0000'))) {
    const record = newId();
    const made = service(record, name);
    const { body } = await fresh.write({ ...made, value: { ...made.value, [name]: name } });
    assert.is(body.results[0]?.outcome, 'accepted', name);
    await fresh.pull();
    assert.is(fresh.records.get(record)?.units['profile']?.value[name], name);
  }
  const audit = newId();
  const { body } = await fresh.write(caseOf(audit, names[1]), allocation(audit, {}));
  assert.ok(body.results.every(({ outcome }) => outcome === 'accepted'));
});

test.run();
