/** An audit this laptop has nothing of: says so, why that may be, and looks for it on the server when it can. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { useBackHome } from './back-home.ts';

export function AuditNotHere({ laptop, id }: { readonly laptop: Laptop; readonly id: RecordId }) {
  const [looking, setLooking] = useState(false);
  const [answer, setAnswer] = useState('');
  const { notHereWhy, notHereDo } = words.homes[laptop.home.name];
  const look = async (): Promise<void> => {
    setLooking(true);
    const found = await laptop.sync.openRecord(id);
    setLooking(false);
    setAnswer(found.ok ? (found.value ? '' : say.notHereNotThere) : words.problems.sync(found.problem));
  };
  return (
    <Page title={say.notHereTitle} back={useBackHome(laptop)}>
      <p class="govuk-body">{notHereWhy}</p>
      <p class="govuk-body">{notHereDo}</p>
      {laptop.home.server !== null && (
        <Button kind="secondary" busy={looking} onClick={() => void look()}>
          {say.notHereTry}
        </Button>
      )}
      <p class="govuk-body" role="status">
        {answer}
      </p>
    </Page>
  );
}
