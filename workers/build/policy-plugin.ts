/**
 * Writes the content security policy into the built page, so that it also holds on a host that sends no headers. Not while
 * the app is developed: reloading and injected styles need what the policy forbids.
 */
import type { Plugin } from 'vite';

export function policyPlugin(policy: string): Plugin {
  return {
    name: 'plumbline-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        // Before whatever it is about.
        injectTo: 'head-prepend',
      },
    ],
  };
}
