/** With the paths of a certificate and its key the server speaks https itself. The certificate here is made up, for tests. */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startServer } from './example.ts';

const file = (name: string): string => new URL(`./tls/${name}`, import.meta.url).pathname;
const tls = suite('TLS');

const ask = (address: string, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = get(new URL(path, address), { ca: readFileSync(file('cert.pem')) }, resolve);
    request.on('error', reject);
  });

tls('serves https with the given certificate, and tells browsers to stay with it', async () => {
  const server = await startServer({ env: { TLS_CERT: file('cert.pem'), TLS_KEY: file('key.pem') } });
  try {
    assert.match(server.address, /^https:/);
    const reply = await ask(server.address, '/api/session');
    reply.resume();
    assert.match(String(reply.headers['strict-transport-security']), /max-age=31536000/);
  } finally {
    await server.stop();
  }
});

tls('stops at the start when the certificate cannot be read, and names the file', async () => {
  try {
    await (await startServer({ env: { TLS_CERT: file('absent.pem'), TLS_KEY: file('key.pem') } })).stop();
    assert.unreachable('it started');
  } catch (error) {
    assert.match(String(error), /absent\.pem/);
  }
});

tls.run();
