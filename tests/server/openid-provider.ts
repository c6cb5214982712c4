/**
 * A real OpenID provider (oidc-provider) on localhost, as a council's directory is one, with made-up accounts that a test changes.
 * Plumbline is on 127.0.0.1 beside it: to a browser that is another site.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';

export interface DirectoryAccount {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** Whether the address is known to be theirs: a boolean, or as some send it. Without it the provider leaves the claim out, as Entra ID does. */
  readonly email_verified?: boolean | string;
  /** Without it the provider leaves the claim out; some send one group as a string. */
  readonly groups?: readonly string[] | string;
  /** What Entra ID says in the place of more groups than it lists. */
  readonly hasgroups?: boolean | string;
  readonly _claim_names?: Readonly<Record<string, string>>;
}

export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is in front of the browser; null: turned away, as somebody who is disabled is. */
  who: DirectoryAccount | null;
  /** How long ago whoever is asked to sign in has typed their password, by the provider's word. */
  typedSecondsAgo: number;
  /** Whether it shows a page to sign in at, whose button sends the browser on: then it is the provider that sends it back to the app. */
  showsPage: boolean;
  stop(): Promise<void>;
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const page =
  '<!doctype html><html lang="en"><title>A made-up directory</title><form method="post"><button>Go on</button></form></html>';

export async function startOpenIdProvider(port: number, redirectUri: string): Promise<OpenIdProvider> {
  const issuer = `http://localhost:${port}`;
  const [clientId, clientSecret] = ['plumbline', 'a made-up client secret'];
  const accounts = new Map<string, DirectoryAccount>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub', 'groups', 'hasgroups', '_claim_names'],
      profile: ['name'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    cookies: { keys: ['a made-up key of the provider’s cookies'] },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600, AuthorizationCode: 60 },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => Promise.resolve({ ...accounts.get(sub), sub }),
    }),
  });
  const running: OpenIdProvider = {
    ...{ issuer, clientId, clientSecret, who: null, typedSecondsAgo: 0, showsPage: false },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, session, params } = await provider.interactionDetails(request, response);
    const { who } = running;
    if (running.showsPage && prompt.name === 'login' && request.method === 'GET')
      return void response.writeHead(200, html).end(page);
    if (who === null) return provider.interactionFinished(request, response, { error: 'access_denied' });
    accounts.set(who.sub, who);
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, {
        login: { accountId: who.sub, ts: Math.floor(Date.now() / 1000) - running.typedSecondsAgo },
      });
    const grant = new provider.Grant({
      accountId: session?.accountId ?? who.sub,
      clientId: String(params['client_id']),
    });
    grant.addOIDCScope('openid profile email');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(request, response);
    else void provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return running;
}
