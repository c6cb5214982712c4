/**
 * The peer, as a process of its own: PouchDB's server over LevelDB on disk, and a page that has PouchDB in it. Started with
 * the folder of its packages, its data folder and its page's script; prints its address once it listens.
 */
import { createRequire } from 'node:module';
import { resolve, sep } from 'node:path';

type Handler = (
  request: unknown,
  reply: { type(type: string): { send(text: string): void }; sendFile(path: string): void },
) => void;

interface Express {
  (): { use(path: string, app: unknown): void; get(path: string, handler: Handler): void } & {
    listen(port: number, host: string, onListening: () => void): { address(): { readonly port: number } };
  };
}

interface PouchServer {
  (pouch: unknown, options: object): unknown;
}

const [packages = '', data = '', script = ''] = process.argv.slice(2);
const require = createRequire(resolve(packages, 'package.json'));
const express = require('express') as Express;
const pouchServer = require('express-pouchdb') as PouchServer;
const PouchDB = require('pouchdb') as { defaults(options: object): unknown };

const app = express();
const page =
  '<!doctype html><title>peer</title><script src="/pouchdb.js"></script><script type="module" src="/peer-page.js"></script>';
app.get('/', (_request, reply) => reply.type('text/html').send(page));
app.get('/peer-page.js', (_request, reply) => reply.sendFile(resolve(script)));
app.get('/pouchdb.js', (_request, reply) =>
  reply.sendFile(resolve(packages, 'node_modules/pouchdb/dist/pouchdb.min.js')),
);
const options = { mode: 'minimumForPouchDB', inMemoryConfig: true };
app.use('/db', pouchServer(PouchDB.defaults({ prefix: `${resolve(data)}${sep}` }), options));
const listening = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening at http://127.0.0.1:${listening.address().port}\n`);
});
