/**
 * One group that was not accepted: its content, its reason, the lead's note, and what its author can do. Where they have
 * another version of a part of it, both are shown, and nothing is sent before they have chosen.
 */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { discard, sendAgain } from '../../store/held.ts';
import { writtenSince } from '../../store/held-later.ts';
import type { Saved } from '../../store/record.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';
import { copyText, HeldContent } from './held-content.tsx';
import type { HeldItem, HeldItemChange } from './held-items.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface HeldItemCardProps {
  readonly laptop: Laptop;
  readonly item: HeldItem;
  readonly onSave: () => void;
}

export function HeldItemCard({ laptop, item, onSave }: HeldItemCardProps) {
  const { store, sync } = laptop;
  const announce = useAnnounce();
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const rows = item.changes.map(({ row }) => row);
  const about = say.about(item.changes.map(({ what }) => what).join(', '));

  const finish = async (saving: Promise<Saved>, said: string, then?: () => void): Promise<void> => {
    const saved = await saving;
    if (!saved.ok) {
      const { problem: why } = saved;
      const isLater = why.kind === 'invalid-value' && why.why === writtenSince;
      return setProblem(isLater ? say.laterAppeared : words.problems.store(why));
    }
    setProblem(null);
    announce(said);
    void sync.syncNow();
    then?.();
  };
  const seen = item.changes.flatMap(({ later }) => (later === null ? [] : [later.value]));
  const hasLater = seen.length > 0;
  const send = (then?: () => void): void => void finish(sendAgain(store, rows, seen), say.sent, then);
  const edit = (to: string): void => (hasLater ? route(to) : send(() => route(to)));
  const copy = async (): Promise<void> => {
    const text = item.changes.map(({ row, value }) => copyText(row.kind, row.unit, value)).join('\n\n');
    announce(
      await navigator.clipboard.writeText(text).then(
        () => say.copied,
        () => say.copyFailed,
      ),
    );
  };

  return (
    <article class="app-held__item">
      {item.changes.map((change) => {
        const { row, value, what, why, tool } = change;
        return (
          <div key={row.n}>
            <p class="app-held__what">{say.oneChange(what, momentText(row.editedMs))}</p>
            <p class="govuk-body-s">{why}</p>
            <HeldContent kind={row.kind} unit={row.unit} value={value} tool={tool} />
            <Later change={change} />
          </div>
        );
      })}
      {rows.some(({ link }) => link === null) && <p class="govuk-body-s">{say.neverSent}</p>}
      <Note item={item} />
      {problem !== null && (
        <p class="govuk-error-message" role="alert">
          {problem}
        </p>
      )}
      <ButtonGroup>
        <Button kind="secondary" small about={about} onClick={() => send()}>
          {hasLater ? say.sendInstead : say.sendAgain}
        </Button>
        {item.editAt !== null && (
          <Button kind="secondary" small about={about} onClick={() => edit(item.editAt ?? '')}>
            {hasLater ? say.editLater : say.edit}
          </Button>
        )}
        {(item.editAt === null || hasLater) && (
          <Button kind="secondary" small about={about} onClick={() => void copy()}>
            {say.copy}
          </Button>
        )}
        <Button kind="secondary" small about={about} onClick={onSave}>
          {say.save}
        </Button>
        <Button kind="secondary" small about={about} onClick={() => setAsking(true)}>
          {say.discard}
        </Button>
      </ButtonGroup>
      <ReasonDialog
        open={asking}
        title={say.discardTitle}
        lead={say.discardLead}
        label={say.discardWhy}
        confirm={say.discard}
        warning
        onConfirm={(why) => {
          setAsking(false);
          void finish(discard(store, rows, why), say.discarded);
        }}
        onCancel={() => setAsking(false)}
      />
    </article>
  );
}

/** What its author has of the same part, which counts while they have not chosen. */
function Later({ change: { row, later, tool } }: { readonly change: HeldItemChange }) {
  if (later === null) return null;
  return (
    <div class="app-held__note">
      <p class="app-held__what">{say.laterOwn(momentText(later.atMs))}</p>
      <p class="govuk-body-s">{say.laterLead}</p>
      <HeldContent kind={row.kind} unit={row.unit} value={later.value} tool={tool} />
    </div>
  );
}

function Note({ item: { changes } }: { readonly item: HeldItem }) {
  const organisation = useOrganisation();
  const [first] = changes;
  if (first === undefined || first.note === null || first.row.returned === undefined) return null;
  const { by, atMs } = first.row.returned;
  const name = personById(organisation, by)?.name ?? words.names.unknownPerson;
  return (
    <div class="app-held__note">
      <p class="govuk-body-s">{say.returnedBy(name, momentText(atMs))}</p>
      <p class="app-held__text">{first.note}</p>
    </div>
  );
}
