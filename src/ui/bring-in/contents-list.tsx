/** What a backup file holds, in three lines. */
import type { BackupContents } from '../../store/backup/contents.ts';
import { momentText } from '../format.ts';
import { SummaryList } from '../parts/summary-list.tsx';
import { words } from '../words.ts';

export function ContentsList({ contents }: { readonly contents: BackupContents }) {
  const { who, audits, submitted, imports } = contents;
  const { backup: text } = words;
  return (
    <SummaryList
      rows={[
        { name: text.from, value: text.fromAt(who.name, who.authorityName) },
        { name: text.made, value: momentText(who.madeMs) },
        { name: text.holds, value: text.holdsCounts(audits, submitted, imports) },
      ]}
    />
  );
}
