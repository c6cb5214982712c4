import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { policyInPage } from '../../../server/security-policy.ts';
import { policyPlugin } from '../../../workers/build/policy-plugin.ts';

const test = suite('the policy in the page');

test('is written before everything it is about, in builds alone', () => {
  const plugin = policyPlugin(policyInPage);
  assert.is(plugin.apply, 'build');
  assert.equal((plugin.transformIndexHtml as () => unknown)(), [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policyInPage },
      injectTo: 'head-prepend',
    },
  ]);
});

test('leaves room for the character set, which browsers look for in the first kilobyte', () => {
  assert.ok(policyInPage.length < 600, `${policyInPage.length} characters`);
});

test.run();
