/** The documented configuration of a proxy, run by the proxy itself on a free port, with a made-up certificate. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../run/free-port.ts';

const root = join(import.meta.dirname, '../..');
const tls = (name: string): string => join(root, 'tests/server/tls', name);
const limitMs = 20_000;

export interface Proxy {
  readonly address: string;
  stop(): Promise<void>;
}

export interface ProxyProgram {
  readonly name: string;
  /** Where its program is. */
  readonly program: string;
  /** Writes its configuration into `folder` for a server at `port`; answers how it is started. */
  configure(
    folder: string,
    ports: { readonly server: number; readonly https: number; readonly http: number },
  ): string[];
}

const written = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What a document says, with each of `changes` made; throws when one of them has nothing to change. */
function changed(document: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`${document} no longer says "${from}"`);
      return text.replaceAll(from, to);
    },
    readFileSync(join(root, 'docs/deploy', document), 'utf8'),
  );
}

const certificate = [
  ['/etc/ssl/plumbline/fullchain.pem', tls('cert.pem')],
  ['/etc/ssl/plumbline/privkey.pem', tls('key.pem')],
] as const;

export const programs: readonly ProxyProgram[] = [
  {
    name: 'nginx',
    program: '/usr/sbin/nginx',
    configure(folder, { server, https, http }) {
      const site = changed('nginx.conf', [
        ...certificate,
        ['plumbline.example.gov.uk', 'localhost'],
        ['listen 443 ssl', `listen 127.0.0.1:${https} ssl`],
        ['listen 80;', `listen 127.0.0.1:${http};`],
        ['server 127.0.0.1:3000', `server 127.0.0.1:${server}`],
      ]);
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (place) => `${place}_temp_path ${folder};`,
      );
      const whole = `
        daemon off; pid ${folder}/pid; error_log stderr;
        events {}
        http { access_log off; ${places.join(' ')} ${site} }`;
      return ['-c', written(folder, 'nginx.conf', whole)];
    },
  },
  {
    name: 'Caddy',
    program: '/usr/bin/caddy',
    configure(folder, { server, https }) {
      const site = changed('Caddyfile', [
        ...certificate,
        ['plumbline.example.gov.uk {', `https://localhost:${https} {\n\tbind 127.0.0.1`],
        ['127.0.0.1:3000', `127.0.0.1:${server}`],
      ]);
      const whole = `{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system ${folder}\n}\n${site}`;
      return ['run', '--adapter', 'caddyfile', '--config', written(folder, 'Caddyfile', whole)];
    },
  },
];

export const isHere = ({ program }: ProxyProgram): boolean => existsSync(program);

/** Starts one in front of the server at `serverAddress`; resolves when it answers. Throws what it said when it ends before. */
export async function startProxy({ name, program, configure }: ProxyProgram, serverAddress: string): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-proxy-'));
  const [https, http] = [await freePort(), await freePort()];
  const args = configure(folder, { server: Number(new URL(serverAddress).port), https, http });
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const endMs = Date.now() + limitMs; !(await accepts(https));) {
    if (child.exitCode === null && Date.now() < endMs) continue;
    await stop();
    throw new Error(`${name} did not start: ${said}`);
  }
  return { address: `https://localhost:${https}/`, stop };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: readFileSync(tls('cert.pem')) });
    const ended = (answer: boolean): void => {
      socket.destroy();
      setTimeout(() => resolve(answer), answer ? 0 : 50);
    };
    socket.once('secureConnect', () => ended(true));
    socket.once('error', () => ended(false));
  });
