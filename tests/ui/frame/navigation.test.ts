import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import { placeAt, placesFor } from '../../../src/ui/frame/navigation.ts';

const test = suite('the navigation');

const standing = (...roles: readonly RoleName[]) => ({
  person: '0'.repeat(32) as PersonId,
  roles: roles.map((role) => ({ role, services: new Set<never>(), teams: new Set<never>() })),
});
const hrefs = (...roles: readonly RoleName[]): string[] =>
  placesFor(standing(...roles), { hasOthers: true }).map(({ href }) => href);

test('each role is shown the places it can use', () => {
  assert.equal(hrefs('auditor'), ['/', '/percentages', '/this-laptop']);
  assert.equal(hrefs('team-lead'), ['/percentages', '/to-decide', '/this-laptop']);
  assert.equal(hrefs('head-of-service'), ['/percentages', '/to-decide', '/this-laptop']);
  assert.equal(hrefs('moderator'), ['/percentages', '/this-laptop']);
  assert.equal(hrefs('administrator'), ['/organisation', '/this-laptop']);
  assert.equal(hrefs('board-viewer'), ['/board', '/this-laptop']);
  assert.equal(hrefs('auditor', 'board-viewer'), ['/', '/percentages', '/board', '/this-laptop']);
  assert.equal(hrefs('qa-lead'), ['/percentages', '/allocate', '/organisation', '/to-decide', '/this-laptop']);
  assert.equal(hrefs('auditor', 'qa-lead'), [
    '/',
    '/percentages',
    '/allocate',
    '/organisation',
    '/to-decide',
    '/this-laptop',
  ]);
});

test('where nobody else works there is nobody to allocate to', () => {
  const places = placesFor(standing('auditor', 'qa-lead'), { hasOthers: false });
  assert.equal(
    places.map(({ href }) => href),
    ['/', '/percentages', '/organisation', '/this-laptop'],
  );
});

test('whoever has no role yet still finds this laptop', () => {
  assert.equal(hrefs(), ['/this-laptop']);
});

test('an audit belongs to My audits, the audits behind a figure to Percentages', () => {
  const at = (path: string): string | undefined =>
    placeAt(placesFor(standing('auditor'), { hasOthers: true }), path)?.href;
  assert.equal(at('/audit/abc/check'), '/');
  assert.equal(at('/new'), '/');
  assert.equal(at('/percentages/audits'), '/percentages');
  assert.equal(at('/auditors'), undefined);
});

test('the start page is the first place of whoever has no audits of their own', () => {
  assert.is(placeAt(placesFor(standing('team-lead'), { hasOthers: true }), '/')?.href, '/percentages');
});

test.run();
