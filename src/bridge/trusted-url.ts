/**
 * The one place that names scripts to the browser: workers and the service worker. Where the browser has Trusted Types, the
 * policy `plumbline` lets through addresses of this origin alone; the page's security policy allows no other.
 */

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

const rules: ScriptUrlPolicy = {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`Not a script of this app: ${url}`);
    return url;
  },
};

const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;
// A policy's name can be taken once a page.
const policy = factory?.createPolicy('plumbline', rules) ?? rules;

/** `url` as `new Worker` and `register` take it: a TrustedScriptURL where there is such a thing, which counts as text. */
export const trustedUrl = (url: string): string => policy.createScriptURL(url);
