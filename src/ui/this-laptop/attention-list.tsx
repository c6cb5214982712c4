/** The changes the council's server did not accept: what each was, why, and where to look. Nothing of them is lost. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { RefusedRow } from '../../store/rows.ts';
import { readQuarantine } from '../../store/view.ts';
import { useLive } from '../data/use-live.ts';
import { words } from '../words.ts';
import { withNames } from './held-names.ts';
import { HeldTable } from './held-table.tsx';

export function AttentionList({ laptop: { store } }: { readonly laptop: Laptop }) {
  const held = useLive(store, async () => withNames(store, await readQuarantine(store), whyRefused), 'held');
  const { thisLaptop: text } = words;
  if (held === null) return null;
  if (held.length === 0) return <p class="govuk-body">{text.attentionNone}</p>;
  return (
    <>
      <p class="govuk-body">{text.attentionLead}</p>
      <HeldTable
        caption={text.attentionTitle}
        held={held}
        linkTo={({ kind, record }) => (kind === 'audit' ? `/audit/${record}` : null)}
      />
    </>
  );
}

const whyRefused = ({ code }: RefusedRow): string => words.problems.held(code);
