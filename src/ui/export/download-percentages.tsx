/** Takes the percentages on screen away as a file. Auditors are named only where that is ticked. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { nowMs } from '../data/clock.ts';
import { dayAt } from '../format.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkboxes.tsx';
import { exporting as say } from '../words/export.ts';
import { csvText } from './csv-text.ts';
import { exportFile } from './download.ts';
import { percentagesRows, type PercentagesAsked } from './percentages-rows.ts';
import { namesAuditors } from './preamble.ts';

interface DownloadPercentagesProps {
  readonly laptop: Laptop;
  readonly shown: Omit<PercentagesAsked, 'withAuditors' | 'countedMs'>;
}

export function DownloadPercentages({ laptop, shown }: DownloadPercentagesProps) {
  const [withAuditors, setWithAuditors] = useState(false);
  const announce = useAnnounce();
  const download = (): void => {
    const countedMs = nowMs(laptop);
    const name = say.percentagesFile(dayAt(countedMs));
    const parts = [csvText(percentagesRows({ ...shown, withAuditors, countedMs }))];
    const namesThem = withAuditors && namesAuditors(shown.question);
    exportFile(laptop, name, parts, { what: 'percentages', rows: 0, namesAuditors: namesThem });
    announce(say.downloaded(name));
  };
  return (
    <>
      {namesAuditors(shown.question) && (
        <Checkbox id="with-auditors" label={say.withAuditors} small checked={withAuditors} onChange={setWithAuditors} />
      )}
      <Button kind="secondary" small onClick={download}>
        {say.download}
      </Button>
    </>
  );
}
