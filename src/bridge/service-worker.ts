/** Names the service worker to the browser, where there is one: in a build, in a browser that has them. */
import { Workbox } from 'workbox-window';
import { trustedUrl } from './trusted-url.ts';

export const serviceWorkerOf = (url: string): Workbox | null =>
  'serviceWorker' in navigator ? new Workbox(trustedUrl(url)) : null;
