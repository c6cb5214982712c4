/** The example, where nothing is kept: says so, and leads out. */
import type { Laptop } from '../../bridge/laptop.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';

export function NotKept({ laptop }: { readonly laptop: Laptop }) {
  const { thisLaptop: text } = words;
  return (
    <Page title={text.notKeptTitle}>
      <p class="govuk-body">{text.notKeptBody}</p>
      <Button onClick={() => void laptop.lock()}>{words.frame.leaveExample}</Button>
    </Page>
  );
}
