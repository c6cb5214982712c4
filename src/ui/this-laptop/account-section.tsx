/** A person's own account at the council's server: its password and its second factor. All of it needs that server. */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Session } from '../../protocol/session.ts';
import { words } from '../words.ts';
import { OwnPassword } from './own-password.tsx';
import { SecondFactor } from './second-factor.tsx';

export function AccountSection({ laptop, server }: { readonly laptop: Laptop; readonly server: CouncilServer }) {
  const [session, setSession] = useState<Session | null>(null);
  const { phase } = laptop.sync.state.value;
  const read = async (): Promise<void> => {
    const asked = await server.account.session();
    // What was known goes on: somebody may be typing.
    if (asked.ok) setSession(asked.value);
  };
  useEffect(() => void read(), [server, phase === 'idle']);
  const { account } = words;
  const { email } = laptop.session;
  // Offline it is not known which of the two somebody has.
  if (session === null || session.hasPassword === false) {
    return (
      <section aria-labelledby="own-account">
        <h2 class="govuk-heading-m" id="own-account">
          {account.ownTitle}
        </h2>
        <p class="govuk-body">{session === null ? account.ownOffline : account.ownCouncil}</p>
      </section>
    );
  }
  return (
    <>
      <OwnPassword server={server} email={email} withCode={session.factor?.enrolled === true} />
      <SecondFactor server={server} email={email} factor={session.factor ?? null} onChanged={() => void read()} />
    </>
  );
}
