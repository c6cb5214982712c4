/** Settings: what is taken, and the sentence for what is not. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigError, readConfig } from '../../server/config.ts';

const config = suite('config');

config('has a default for everything', () => {
  assert.equal(readConfig({}), {
    port: 3000,
    host: '127.0.0.1',
    dataDir: 'data',
    databaseUrl: null,
    recoveryKeyFile: null,
    serverKeyFile: null,
    appDir: 'dist',
    authorityName: 'Your council',
    accessibilityContact: null,
    admin: null,
    tls: null,
    behindProxy: false,
    secondFactorFor: [],
    publicAddress: null,
    serviceWorkerOff: false,
    metrics: null,
    anchorsFile: 'data/anchors.jsonl',
    openId: null,
  });
});

const openId = {
  OIDC_CLIENT_ID: 'plumbline',
  OIDC_CLIENT_SECRET: 'made up',
  PUBLIC_ADDRESS: 'https://plumbline.example',
};
const refused: [string, Record<string, string>, string][] = [
  ['to listen beyond this machine without TLS', { HOST: '0.0.0.0' }, 'without TLS'],
  ['a name that could be anyone’s without TLS', { HOST: 'plumbline.council.example' }, 'without TLS'],
  ['a certificate without its key', { TLS_CERT: 'cert.pem' }, 'go together'],
  ['a QA lead with a name and no email', { ADMIN_NAME: 'Quinn' }, 'go together'],
  ['a port that is no number', { PORT: 'http' }, 'PORT'],
  ['a public address that is none', { PUBLIC_ADDRESS: 'our server' }, 'PUBLIC_ADDRESS'],
  ['a database that is no PostgreSQL', { DATABASE_URL: 'mysql://database.example' }, 'DATABASE_URL'],
  ['a service worker that is neither on nor off', { SERVICE_WORKER: 'no' }, 'SERVICE_WORKER'],
  ['a second factor for a role there is not', { SECOND_FACTOR_FOR: 'qa-lead, boss' }, 'list of roles'],
  ['a council’s provider without a client', { OIDC_ISSUER: 'https://login.example' }, 'give all four'],
  [
    'everybody’s Microsoft accounts',
    { ...openId, OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' },
    'your own tenant',
  ],
  ['a provider in clear', { ...openId, OIDC_ISSUER: 'http://login.example' }, 'https://'],
  ['a port past the last', { PORT: '65536' }, 'PORT'],
];
for (const [what, env, sentence] of refused) {
  config(`refuses ${what}, in a sentence`, () => {
    try {
      readConfig(env);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ConfigError);
      assert.match((error as Error).message, sentence);
    }
  });
}

config('listens beyond this machine with TLS, or behind a proxy that does it', () => {
  assert.is(readConfig({ HOST: '0.0.0.0', BEHIND_PROXY: '1' }).behindProxy, true);
  const tls = readConfig({ HOST: '0.0.0.0', TLS_CERT: 'a', TLS_KEY: 'b' }).tls;
  assert.equal(tls, { cert: 'a', key: 'b' });
  for (const host of ['localhost', '::1', '127.0.0.1', '127.9.9.9']) assert.is(readConfig({ HOST: host }).host, host);
});

config('takes one line for whom the council names for accessibility, or nothing', () => {
  assert.is(readConfig({}).accessibilityContact, null);
  assert.is(readConfig({ ACCESSIBILITY_CONTACT: ' ' }).accessibilityContact, null);
  assert.is(readConfig({ ACCESSIBILITY_CONTACT: ' 01234 567 890 ' }).accessibilityContact, '01234 567 890');
  assert.throws(() => readConfig({ ACCESSIBILITY_CONTACT: 'x'.repeat(201) }), /ACCESSIBILITY_CONTACT/);
});

config.run();
