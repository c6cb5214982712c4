/** What files held and did not come in: kept with its whole text until it comes in after all, or is removed. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { forgetKeptOut } from '../../store/backup/kept-out.ts';
import type { OutReason } from '../../store/backup/told.ts';
import type { QuarantineRow } from '../../store/rows.ts';
import { readKeptOut } from '../../store/view.ts';
import { useLive } from '../data/use-live.ts';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { words } from '../words.ts';
import { withNames } from './held-names.ts';
import { HeldTable } from './held-table.tsx';

/** Shows nothing when nothing was kept. */
export function KeptOutList({ laptop }: { readonly laptop: Laptop }) {
  return laptop.saveCounts.value.keptOut === 0 ? null : <KeptOut laptop={laptop} />;
}

function KeptOut({ laptop: { store } }: { readonly laptop: Laptop }) {
  const held = useLive(store, async () => withNames(store, await readKeptOut(store), whyOut), 'kept out');
  const [asking, setAsking] = useState(false);
  const { backup: text } = words;
  if (held === null) return null;
  const forget = async (): Promise<void> => {
    setAsking(false);
    await forgetKeptOut(store);
  };
  return (
    <section aria-labelledby="kept-out">
      <h2 class="govuk-heading-m" id="kept-out">
        {text.keptTitle}
      </h2>
      <p class="govuk-body">{text.keptLead(held.length)}</p>
      <HeldTable caption={text.keptTitle} held={held} />
      <Button kind="secondary" onClick={() => setAsking(true)}>
        {text.keptForget}
      </Button>
      <ConfirmDialog
        open={asking}
        title={text.keptForgetAsk}
        confirm={text.keptForget}
        warning
        onConfirm={() => void forget()}
        onCancel={() => setAsking(false)}
      >
        <p class="govuk-body">{text.keptForgetBody}</p>
      </ConfirmDialog>
    </section>
  );
}

const whyOut = ({ why }: QuarantineRow): string => words.problems.out(why as OutReason);
