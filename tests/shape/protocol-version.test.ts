/** A change of the wire's schemas must come with a new protocol version, or with a look at this hash and a reason. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { protocolVersion } from '../../src/protocol/version.ts';

const test = suite('the protocol version');

const schemas = [
  'op',
  'loss',
  'export',
  'sync',
  'held',
  'missing',
  'session',
  'laptops',
  'subject-access',
  'board',
  'values',
  'text',
  'tool',
  'problem',
].map((name) => `src/protocol/${name}.ts`);
// 1: also with `laptops` in the reply that says who is signed in, which an older build leaves unread and need not be there,
// with `maxBytes` in what asks for records, which an older server leaves unread and answers with as much as it likes,
// and with a request that tells of a loss on a laptop, which an older server answers as not found and nobody waits for,
// and with receipts, the server's key, a push's cursor and a pull's acknowledged seq, which need not be there, and the questions
// of Regather, with ends to numbers and times that no laptop of any build has come near, and requests about held groups and what is missing, at addresses of their own, and with the time at which a missing op was made, which need not be there. A head of the server's chain comes with the last page and goes back with the next pull: an older build on either side leaves it out or unread. Retention, holds, erasures and certificates are units that an older build carries through unread. `waiting` is answered by a restored server alone; an older build takes that for no answer and asks again.
// And with why a password is weak, notices, and a sign-in that says which keyring it recovers: what need not be there. A build that does
// not say it is asked to sign in again before a recovery, and gets the next build with the page. And with the second factor: an older build that
// is asked for a code says that something other than the server answered, and is updated with the page.
// What opening a copy answers never was on the wire, and has a file of its own.
// Whether a recovery secret is held is asked at an address of its own; a server that does not know it is asked again.
// A code goes with what begins another second factor: an older build sends none, is told that a code is needed, and gets the next build with the page.
// Whether the council's own accounts sign in is said beside its name, and may be left out.
// What a laptop says of itself goes with a push or a pull and may be left out; the rest about laptops is at addresses of its own. `revoked` is
// answered to a laptop that is to forget its copy: an older build takes that for no answer, keeps what it has, and gets the next build with the page.
// A grant names what its role reaches alone: what older builds write does. They read a role that they do not know as none.
// A list where texts by key belong is held: no build has ever written one.
// A search for a case and what it tells are at addresses of their own; its note is a unit that an older build carries through unread.
// A correction of a closed audit is a unit that an older build carries through unread: it shows the case as corrected, without why. It offers
// no such correction, and refuses a change of a closed case, as the server does.
// A deposit names its person, which older builds leave out; one laptop too many is answered in a word that they take for no answer.
// The cube is told at an address of its own to a role that older builds read as none, and their server does not know.
// What a locked copy asks says more of what it has, or is answered that the server may not have it all, and then it waits to be unlocked.
// Whom the council names for accessibility is said beside its name, and may be left out.
// A council account is untied at an address of its own; the notice of it goes to its person alone, who gets the next build with the page.
// With the cube comes after how many days a laptop drops it, which may be left out: an older laptop leaves it unread, and keeps the cube.
// Notices have more kinds: an older build takes an answer with one for no answer, and gets the next build with the page; from this one on, a kind that
// is not known is read as another.
// A password is changed at an address of its own, and whether there is one is said beside who is signed in and may be left out.
// How many laptops have not been heard of comes with the last page and may be left out: an older laptop leaves it unread.
// That a file was made is told at an address of its own, which an older server answers as not found: the laptop tells it later.
// That the server keeps no more of what one person discards unsent is answered in a word that older builds take for no answer: they keep what they have.
// A laptop is reported stolen with a password, where there is one: an older build leaves it out, and is told that it is not right.
// How many changes a restore lost comes with the last page, and that and the laptops not heard of with the cube, and may be left out: an older
// laptop leaves it unread.
const released: Readonly<Record<number, string>> = { 1: '0de374eb83f73e22' };

test('the schemas are those of the version', () => {
  const hash = createHash('sha256');
  for (const file of schemas)
    hash.update(
      readFileSync(file, 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' '),
    );
  assert.is(hash.digest('hex').slice(0, 16), released[protocolVersion]);
});

test.run();
