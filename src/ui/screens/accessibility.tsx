/** The accessibility statement that the regulations ask for (SI 2018/952), in the order of the government's model. */
import { useEffect, useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { AuthorityReply } from '../../protocol/session.ts';
import { useOrganisation } from '../data/organisation.ts';
import { Door } from '../frame/door.tsx';
import { Page } from '../parts/page.tsx';
import { accessibility as say, type Contact } from '../words/accessibility.ts';

export function Accessibility({ laptop }: { readonly laptop: Laptop }) {
  const { server } = laptop.home;
  const contact = useContact(server === null ? null : () => authorityOf(server.account));
  return (
    <Page title={say.title} back={{ href: '/' }}>
      <Statement runBy={useOrganisation().authorityName ?? laptop.entry.authorityName} contact={contact} />
    </Page>
  );
}

interface AtTheDoorProps {
  readonly gate: GateActions;
  /** To what stands at the gate, which has gone on meanwhile. */
  readonly onGo: () => void;
}

/** The same for whoever has not opened a laptop. */
export function AccessibilityAtTheDoor({ gate, onGo }: AtTheDoorProps) {
  const contact = useContact(() => gate.authority());
  return (
    <Door title={say.title} wide>
      <Statement runBy={null} contact={contact} />
      <p class="govuk-body">
        <a
          class="govuk-link"
          href="/"
          onClick={(event) => {
            event.preventDefault();
            onGo();
          }}
        >
          {say.toTheDoor}
        </a>
      </p>
    </Door>
  );
}

type Account = NonNullable<Laptop['home']['server']>['account'];

async function authorityOf(account: Account): Promise<AuthorityReply | null> {
  const reply = await account.authority();
  return reply.ok ? reply.value : null;
}

/** `ask` is asked once; null where there is no server to ask. */
function useContact(ask: (() => Promise<AuthorityReply | null>) | null): Contact {
  const [contact, setContact] = useState<Contact>({ kind: ask === null ? 'no-server' : 'away' });
  useEffect(() => {
    void ask?.().then((reply) => {
      if (reply === null) return;
      const { accessibilityContact: named } = reply;
      setContact(named === undefined ? { kind: 'none' } : { kind: 'named', contact: named });
    });
  }, []);
  return contact;
}

interface StatementProps {
  readonly runBy: string | null;
  readonly contact: Contact;
}

function Statement({ runBy, contact }: StatementProps) {
  return (
    <div class="app-page--reading">
      <p class="govuk-body">{say.appliesTo(runBy)}</p>
      {say.parts.map(({ title, paragraphs, list }) => (
        <section key={title}>
          <h2 class="govuk-heading-m">{title}</h2>
          {(paragraphs === 'contact' ? say.contactLines(contact) : paragraphs).map((paragraph) => (
            <p key={paragraph} class="govuk-body app-long-words">
              {paragraph}
            </p>
          ))}
          {list.length > 0 && (
            <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
              {list.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
