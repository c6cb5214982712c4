/**
 * Serves the app without a network: every file of one build is precached at install, checked against its hash, and any
 * address opens the app. The page that installed it is served from here at once, not only after it is loaded again.
 *
 * Promises:
 *  - never takes over by itself: a new build waits until the person agrees, and the page then sends SKIP_WAITING
 *  - never touches /api: no reply of the server is ever kept or invented here
 *  - holds no business data; a build's files go when the next one has taken over
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build (`build/precache-plugin`): every file of it. */
declare const precacheFiles: Parameters<typeof precacheAndRoute>[0];

precacheAndRoute(precacheFiles, { cleanURLs: false });
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }));

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  const asked = typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING';
  if (asked) void self.skipWaiting();
});
