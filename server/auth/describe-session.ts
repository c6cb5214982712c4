/** Who is signed in, as the laptop is told it. */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Session } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import { depositsOf } from '../db/accounts.ts';
import { noticesOf } from '../db/notices.ts';
import type { Tx } from '../db/tables.ts';
import { readAuthorityName, readProfile } from './people.ts';
import { readFactor } from './second-factor.ts';

export async function describeSession(tx: Tx, server: Server, person: PersonId): Promise<Session> {
  const { authority } = server;
  const profile = await readProfile(tx, authority, person);
  const authorityName = await readAuthorityName(tx, authority);
  const laptops = await depositsOf(tx, authority.id, person);
  const notices = [...(await noticesOf(tx, authority.id, person))];
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
  };
}
