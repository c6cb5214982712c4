/** The accessibility statement says whom to tell, and says so where the council names nobody or cannot be asked. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accessibility as say } from '../../../src/ui/words/accessibility.ts';

const test = suite('the accessibility statement');

test('names the council’s own contact, and otherwise whoever is at hand, and why', () => {
  assert.match(
    say.contactLines({ kind: 'named', contact: '01234 567 890' }).join(' '),
    /contact your council: 01234 567 890$/,
  );
  for (const [kind, why] of [
    ['none', /has not named a contact/],
    ['away', /cannot be reached now/],
    ['no-server', /IT service desk/],
  ] as const) {
    const text = say.contactLines({ kind }).join(' ');
    assert.match(text, 'QA lead');
    assert.match(text, why);
  }
});

test('has its part about the contact once', () => {
  assert.is(say.parts.filter(({ paragraphs }) => paragraphs === 'contact').length, 1);
});

test.run();
