/**
 * The changes the council's server did not accept, record by record: what each was, why, what the lead says, and what can be
 * done about it. Nothing of them goes before a person has decided; all of it works offline.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import { nowMs } from '../data/clock.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { csvText } from '../export/csv-text.ts';
import { exportFile } from '../export/download.ts';
import { heldFileName, heldRows } from '../held/held-file.ts';
import { HeldItemCard } from '../held/held-item-card.tsx';
import { readHeldItems, type HeldItem } from '../held/held-items.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';
import { exporting } from '../words/export.ts';
import { held as say } from '../words/held.ts';

export function AttentionList({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const announce = useAnnounce();
  const items = useLive(laptop.store, () => readHeldItems(laptop.store, organisation), 'held');
  const { thisLaptop: text } = words;
  if (items === null) return null;
  if (items.length === 0) return <p class="govuk-body">{text.attentionNone}</p>;
  const save = (some: readonly HeldItem[]): void => {
    const by = personById(organisation, laptop.store.person)?.name ?? laptop.session.name;
    const at = nowMs(laptop);
    const about = { what: 'held', rows: some.length, namesAuditors: false } as const;
    exportFile(laptop, heldFileName(at), [csvText(heldRows(some, by, at))], about);
    announce(exporting.downloaded(heldFileName(at)));
  };
  const records = [...new Set(items.map(({ record }) => record))];
  return (
    <>
      <p class="govuk-body">{text.attentionLead}</p>
      {records.map((record) => {
        const own = items.filter((item) => item.record === record);
        return (
          <section key={record} class="app-held" aria-labelledby={`held-${record}`}>
            <h3 id={`held-${record}`} class="govuk-heading-s">
              {own[0]?.about}
            </h3>
            {own[0]?.auditHref != null && (
              <p class="govuk-body-s">
                <a class="govuk-link" href={own[0].auditHref}>
                  {text.see}
                </a>
              </p>
            )}
            {own.map((item) => (
              <HeldItemCard key={item.key} laptop={laptop} item={item} onSave={() => save([item])} />
            ))}
          </section>
        );
      })}
      <Button kind="secondary" onClick={() => save(items)}>
        {say.saveAll}
      </Button>
      <p class="govuk-hint">{say.saveHint}</p>
    </>
  );
}
