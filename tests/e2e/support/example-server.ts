/** The example, as `npm start -- --example` runs it once the app is built, and what it prints for whoever started it. */
import { once } from 'node:events';
import { freePort } from '../../run/free-port.ts';
import { launch } from './council-server.ts';

export interface ExampleServer {
  readonly url: string;
  /** Where it keeps everything. */
  readonly folder: string;
  /** Email and password by role, as printed. */
  readonly accounts: Readonly<Record<string, { readonly email: string; readonly password: string }>>;
  /** Stops it as Ctrl+C does; answers all that it has printed. Stopping once more does nothing. */
  stop(): Promise<string>;
}

const account = /^ {2}(\w+(?: \w+)*) +(\S+@example\.test) +(\S+)$/gm;

export async function startExampleServer(): Promise<ExampleServer> {
  const port = await freePort();
  const { child, said } = await launch({
    env: {},
    args: ['--example', '--port', String(port)],
    ready: /administrator .*\n/,
  });
  const printed = [...said().matchAll(account)];
  return {
    url: /Plumbline is ready at (\S+)/.exec(said())?.[1] ?? '',
    folder: /It is kept in (\S+)/.exec(said())?.[1] ?? '',
    accounts: Object.fromEntries(printed.map(([, role, email = '', password = '']) => [role, { email, password }])),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close');
        child.kill('SIGINT');
        await closed;
      }
      return said();
    },
  };
}
