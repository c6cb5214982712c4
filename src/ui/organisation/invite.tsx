/** Makes a person's invitation link, the one thing here that needs the council's server, and offers to copy it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Person } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface InviteProps {
  readonly laptop: Laptop;
  readonly server: CouncilServer;
  readonly person: Person;
  readonly onDone: () => void;
}

interface Link {
  readonly address: string;
  readonly expiresMs: number;
}

export function Invite({ laptop, server, person, onDone }: InviteProps) {
  const [link, setLink] = useState<Link | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { organisation: text, problems } = words;
  const onServer = person.record.units['profile']?.confirmed !== undefined;
  const make = async (): Promise<void> => {
    setBusy(true);
    const result = await server.account.invite(person.id);
    setBusy(false);
    if (result.ok) {
      setProblem(null);
      setLink({ address: new URL(result.value.link, location.origin).href, expiresMs: result.value.expiresMs });
    } else {
      const away = result.problem.kind === 'unreachable' || result.problem.kind === 'timed-out';
      setProblem(away ? text.inviteOffline : problems.sync(result.problem));
    }
  };
  return (
    <section class="app-panel" aria-labelledby="invite-title">
      <h2 class="govuk-heading-m app-focus-quiet" id="invite-title" tabIndex={-1} ref={heading}>
        {text.inviteTitle(person.name)}
      </h2>
      {problem !== null && (
        <p class="govuk-error-message" role="alert">
          {problem}
        </p>
      )}
      {link !== null && <MadeLink link={link} />}
      {link === null && <p class="govuk-body">{onServer ? text.inviteBody : text.inviteUnsent}</p>}
      <ButtonGroup>
        {link === null && onServer && (
          <Button busy={busy} onClick={() => void make()}>
            {busy ? text.making : text.makeLink}
          </Button>
        )}
        {link === null && !onServer && (
          <Button onClick={() => void laptop.sync.syncNow()}>{text.inviteUnsentAction}</Button>
        )}
        <Button kind="secondary" onClick={onDone}>
          {words.parts.close}
        </Button>
      </ButtonGroup>
    </section>
  );
}

function MadeLink({ link }: { readonly link: Link }) {
  const announce = useAnnounce();
  const [said, setSaid] = useState<string | null>(null);
  const { organisation: text } = words;
  const copy = async (): Promise<void> => {
    const sentence = await navigator.clipboard.writeText(link.address).then(
      () => text.copied,
      () => text.copyFailed,
    );
    setSaid(sentence);
    announce(sentence);
  };
  return (
    <>
      <p class="govuk-body">
        {text.inviteBody} {text.inviteExpires(momentText(link.expiresMs))}
      </p>
      <div class="app-copy">
        <TextInput id="invite-link" label={text.link} value={link.address} readOnly onInput={() => undefined} />
        <Button kind="secondary" onClick={() => void copy()}>
          {text.copy}
        </Button>
      </div>
      {said !== null && <p class="govuk-body app-soft">{said}</p>}
    </>
  );
}
