/** One service: its name, its teams, and what can be done to each. One form is open at a time. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { today } from '../data/clock.ts';
import { isOpen, useOrganisation, type Service, type Team } from '../data/organisation.ts';
import { dayText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Tag } from '../parts/tag.tsx';
import { words } from '../words.ts';
import { addTeam, close, rename, reopen } from './edits.ts';
import { NameForm } from './name-form.tsx';
import { useReturnFocus } from './use-return-focus.ts';
import { useSave } from './use-save.ts';

interface ServiceCardProps {
  readonly laptop: Laptop;
  readonly service: Service;
}

type Asking = { readonly kind: 'rename' | 'close'; readonly id: string } | { readonly kind: 'add-team' } | null;

export function ServiceCard({ laptop, service }: ServiceCardProps) {
  const organisation = useOrganisation();
  const [asking, setAsking] = useState<Asking>(null);
  const remember = useReturnFocus(asking !== null);
  const ask = (what: Asking): void => {
    remember();
    setAsking(what);
  };
  const save = useSave(laptop);
  const day = today(laptop);
  const teams = organisation.teams.filter((team) => team.service === service.id);
  const openTeams = teams.filter((team) => isOpen(team, day));
  const services = organisation.services.filter((other) => isOpen(other, day));
  const closing = asking?.kind === 'close' ? [service, ...teams].find(({ id }) => id === asking.id) : undefined;
  const { organisation: text } = words;
  const done = (problem: string | null): string | null => {
    if (problem === null) setAsking(null);
    return problem;
  };
  const entryProps = (entry: Service | Team, beside: readonly (Service | Team)[]) => ({
    entry,
    open: isOpen(entry, day),
    renaming: asking?.kind === 'rename' && asking.id === entry.id,
    taken: beside.filter(({ id }) => id !== entry.id).map(({ name }) => name),
    onAsk: (kind: 'rename' | 'close') => ask({ kind, id: entry.id }),
    onCancel: () => setAsking(null),
    onRename: async (name: string) => done(await save([rename(entry, name, day)], text.renamed(entry.name, name))),
    onReopen: () => void save([reopen(entry)], text.reopened(entry.name)),
  });
  return (
    <section class="app-service" aria-labelledby={`service-${service.id}`}>
      <div class="app-service__head">
        <EntryLine {...entryProps(service, services)} label={text.serviceName}>
          <h2 class="app-service__name" id={`service-${service.id}`}>
            {service.name}
          </h2>
        </EntryLine>
      </div>
      {teams.length === 0 && <p class="app-service__none">{text.noTeams}</p>}
      <ul class="app-service__teams">
        {teams.map((team) => (
          <li key={team.id} class="app-team">
            <EntryLine {...entryProps(team, openTeams)} label={text.teamName}>
              <span>{team.name}</span>
            </EntryLine>
          </li>
        ))}
      </ul>
      {isOpen(service, day) && (
        <div class="app-service__foot">
          {asking?.kind === 'add-team' ? (
            <NameForm
              id={`team-of-${service.id}`}
              label={text.teamName}
              submit={text.add}
              taken={openTeams.map(({ name }) => name)}
              onSubmit={async (name) =>
                done(await save([addTeam(laptop.store.newId(), name, service.id, day)], text.added(name)))
              }
              onCancel={() => setAsking(null)}
            />
          ) : (
            <Button
              kind="link"
              id={`add-team-${service.id}`}
              about={text.addTeamTo(service.name)}
              onClick={() => ask({ kind: 'add-team' })}
            >
              {text.addTeam}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        open={closing !== undefined}
        title={text.closeTitle(closing?.name ?? '')}
        confirm={text.close}
        onCancel={() => setAsking(null)}
        onConfirm={() => {
          const entries = closing === service ? [service, ...openTeams] : closing === undefined ? [] : [closing];
          void save(close(entries, day), text.closed(closing?.name ?? '')).then(done);
        }}
      >
        <p class="govuk-body">{closing === service ? text.closeServiceBody(openTeams.length) : text.closeTeamBody}</p>
      </ConfirmDialog>
    </section>
  );
}

interface EntryLineProps {
  readonly entry: Service | Team;
  readonly open: boolean;
  readonly label: string;
  readonly renaming: boolean;
  readonly taken: readonly string[];
  readonly onAsk: (kind: 'rename' | 'close') => void;
  readonly onCancel: () => void;
  readonly onRename: (name: string) => Promise<string | null>;
  readonly onReopen: () => void;
  readonly children: ComponentChildren;
}

function EntryLine(props: EntryLineProps) {
  const { entry, open, label, renaming, taken, onAsk, onCancel, onRename, onReopen, children } = props;
  const { organisation: text } = words;
  if (renaming) {
    return (
      <NameForm
        id={`name-of-${entry.id}`}
        label={label}
        hint={text.renameHint}
        initial={entry.name}
        submit={text.save}
        taken={taken}
        onSubmit={onRename}
        onCancel={onCancel}
      />
    );
  }
  return (
    <>
      <div>
        {children}
        {entry.was.length > 0 && (
          <span class="app-soft app-small"> {text.formerly(entry.was.map(({ name }) => name).join(', '))}</span>
        )}
      </div>
      <div class="app-acts app-small">
        {!open && entry.to !== null && <Tag>{text.closedOn(dayText(entry.to))}</Tag>}
        {open ? (
          <>
            <Button kind="link" id={`rename-${entry.id}`} about={entry.name} onClick={() => onAsk('rename')}>
              {text.rename}
            </Button>
            <Button kind="link" id={`close-${entry.id}`} about={entry.name} onClick={() => onAsk('close')}>
              {text.close}
            </Button>
          </>
        ) : (
          <Button kind="link" about={entry.name} onClick={onReopen}>
            {text.reopen}
          </Button>
        )}
      </div>
    </>
  );
}
