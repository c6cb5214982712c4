/**
 * What the server serves in the place of the service worker when an administrator takes a bad build off the laptops
 * (SERVICE_WORKER=off; docs/deploy.md): the installed app goes, and pages come from the server again.
 *
 * Promises:
 *  - takes over at once, since the build it replaces may be one that cannot ask anybody
 *  - reloads no page: what is being written goes on in the page that is open
 *  - removes the files of the app and its own registration; never opens IndexedDB, where unsent work is
 */
// Without an import this is what makes a file a module, with names of its own.
export {};

declare const self: ServiceWorkerGlobalScope;

async function removeApp(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(removeApp()));
