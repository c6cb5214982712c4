/** Who is signed in, as the laptop is told it. */
import type { Session } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import { depositsOf, findPassword } from '../db/accounts.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import { noticesFor } from './notices.ts';
import { readAuthorityName, readProfile } from './people.ts';
import { readFactor } from './second-factor.ts';

export async function describeSession(
  tx: Tx,
  server: Server,
  session: Pick<SessionRow, 'person' | 'noticedMs'>,
): Promise<Session> {
  const { authority } = server;
  const { person } = session;
  const profile = await readProfile(tx, authority, person);
  const authorityName = await readAuthorityName(tx, authority);
  const laptops = await depositsOf(tx, authority.id, person);
  const notices = await noticesFor(tx, server, session);
  const { name, email } = profile ?? { name: '', email: '' };
  return {
    authority: authority.id,
    authorityName,
    person,
    name,
    email,
    laptops,
    notices,
    factor: await readFactor(tx, server, person),
    hasPassword: (await findPassword(tx, authority.id, person)) !== undefined,
  };
}
