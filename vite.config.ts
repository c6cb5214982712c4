/** How the app is built and served while it is developed. The service worker is made by our own plugin, for builds only. */
import { defineConfig } from 'vite';
import { policyInPage } from './server/security-policy.ts';
import { earlierBuildsPlugin } from './workers/build/earlier-builds-plugin.ts';
import { policyPlugin } from './workers/build/policy-plugin.ts';
import { precachePlugin } from './workers/build/precache-plugin.ts';

export default defineConfig({
  plugins: [
    policyPlugin(policyInPage),
    precachePlugin(['workers/service-worker.ts', 'workers/service-worker-off.ts']),
    earlierBuildsPlugin(),
  ],
  build: {
    target: 'es2022',
    // Nothing inline: the content security policy allows neither inline code nor data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
  css: {
    preprocessorOptions: { scss: { loadPaths: ['node_modules/govuk-frontend/dist'], quietDeps: true } },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: { '/api': 'http://127.0.0.1:3001' },
  },
});
