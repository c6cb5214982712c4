/**
 * The headers that every reply carries, whatever it is: a page, a file, an answer of the API, an error, also one that is found
 * before any route is asked (FAULTS S10 to S12). One table, so that no kind of reply can be forgotten.
 */
import { policyInHeader } from './security-policy.ts';

/**
 * What the app has no use for, its pages may not ask the browser for. Only what Chromium knows on every system: it warns of
 * the rest in its console. Copying a text to the clipboard is in use, and so are passkeys.
 */
const unused = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

const always: Readonly<Record<string, string>> = {
  'content-security-policy': policyInHeader,
  // No other site may hold a window of this one, or load its files as its own.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // A process of its own for this origin, where the browser has one to give.
  'origin-agent-cluster': '?1',
  'permissions-policy': unused.map((feature) => `${feature}=()`).join(', '),
  // Addresses hold ids of audits.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  // For browsers that know no `frame-ancestors`.
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

/** A year, with every name below: only over TLS, since a browser would keep plain localhost to it too. */
const overTls = { 'strict-transport-security': `max-age=${365 * 24 * 60 * 60}; includeSubDomains` };

export const securityHeaders = (isOverTls: boolean): Readonly<Record<string, string>> =>
  isOverTls ? { ...always, ...overTls } : always;
