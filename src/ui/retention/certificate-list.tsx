/** What was erased: on screen, on paper and as a file. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { ShownUnits } from '../../domain/fold.ts';
import { nowMs } from '../data/clock.ts';
import { useOrganisation } from '../data/organisation.ts';
import { csvText } from '../export/csv-text.ts';
import { exportFile } from '../export/download.ts';
import { dayAt } from '../format.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { retention as say } from '../words/retention.ts';
import { certificateRows, certificatesIn, cellsOf, columns } from './certificates.ts';

export function CertificateList({ laptop, units }: { readonly laptop: Laptop; readonly units: ShownUnits }) {
  const organisation = useOrganisation();
  const announce = useAnnounce();
  const certificates = certificatesIn(units);
  const download = (): void => {
    const name = say.file(dayAt(nowMs(laptop)));
    const about = { what: 'certificates', rows: certificates.length, namesAuditors: false } as const;
    exportFile(laptop, name, [csvText(certificateRows(organisation, certificates))], about);
    announce(say.downloaded(name));
  };
  return (
    <section aria-labelledby="retention-done">
      <h2 id="retention-done" class="govuk-heading-m">
        {say.doneTitle(certificates.length)}
      </h2>
      {certificates.length === 0 && <p class="govuk-body">{say.doneNone}</p>}
      {certificates.map((certificate) => {
        const cells = cellsOf(organisation, certificate);
        return <SummaryList key={certificate.id} rows={columns.map((name, i) => ({ name, value: cells[i] ?? '' }))} />;
      })}
      {certificates.length > 0 && (
        <ButtonGroup>
          <Button kind="secondary" onClick={() => window.print()}>
            {say.print}
          </Button>
          <Button kind="secondary" onClick={download}>
            {say.download}
          </Button>
        </ButtonGroup>
      )}
    </section>
  );
}
