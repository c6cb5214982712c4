/**
 * Where no server judges: what came after its audit had been closed, in another tab for example. Kept with its whole text until
 * the person removes it; there is nobody to send it to, and the audit does not take it any more.
 */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { discard } from '../../store/held.ts';
import { readQuarantine } from '../../store/view.ts';
import { useLive } from '../data/use-live.ts';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { words } from '../words.ts';
import { withNames } from './held-names.ts';
import { HeldTable } from './held-table.tsx';

/** Shows nothing when nothing was refused. */
export function RefusedHere({ laptop }: { readonly laptop: Laptop }) {
  return laptop.saveCounts.value.quarantined === 0 ? null : <Refused laptop={laptop} />;
}

function Refused({ laptop: { store } }: { readonly laptop: Laptop }) {
  const { thisLaptop: text, backup } = words;
  const refused = useLive(
    store,
    async () => {
      const changes = await readQuarantine(store);
      return { rows: changes.map(({ row }) => row), shown: await withNames(store, changes, () => text.refusedWhy) };
    },
    'refused here',
  );
  const [asking, setAsking] = useState(false);
  if (refused === null) return null;
  const remove = async (): Promise<void> => {
    setAsking(false);
    await discard(store, refused.rows, '');
  };
  return (
    <section aria-labelledby="attention">
      <h2 class="govuk-heading-m" id="attention">
        {text.attentionTitle}
      </h2>
      <p class="govuk-body">{text.refusedLead}</p>
      <HeldTable caption={text.attentionTitle} held={refused.shown} />
      <Button kind="secondary" onClick={() => setAsking(true)}>
        {backup.keptForget}
      </Button>
      <ConfirmDialog
        open={asking}
        title={text.refusedAsk}
        confirm={backup.keptForget}
        warning
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        <p class="govuk-body">{text.refusedBody}</p>
      </ConfirmDialog>
    </section>
  );
}
