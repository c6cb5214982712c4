/**
 * Asks, until it has been done, to find out whether this computer keeps what is written on it; says once that it does. It stands
 * where it is and stops nobody.
 */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { useStorageCheck } from '../data/storage-check.ts';
import { momentText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Details } from '../parts/details.tsx';
import { Notification } from '../parts/notification.tsx';
import { StorageState } from '../this-laptop/storage-row.tsx';
import { words } from '../words.ts';
import { firstRun as say } from '../words/first-run.ts';
import { hideCheck, isCheckHidden } from './first-run-memory.ts';

export function StorageNotice({ laptop }: { readonly laptop: Laptop }) {
  const check = useStorageCheck();
  const [isHidden, setHidden] = useState(() => isCheckHidden(laptop));
  if (check === null || check.kind === 'not-needed') return null;
  if (check.kind === 'kept') {
    return check.justNow ? <p class="govuk-body app-quiet-text">{say.kept(momentText(check.atMs))}</p> : null;
  }
  if (isHidden) return null;
  return (
    <Notification title={say.checkTitle} heading={say.checkAsk}>
      {check.returned && (
        <p class="govuk-body">
          {say.checkReturned}{' '}
          <Button
            kind="link"
            onClick={() => {
              hideCheck(laptop);
              setHidden(true);
            }}
          >
            {say.checkHide}
          </Button>
        </p>
      )}
      <BeforeClosing laptop={laptop} />
      <How laptop={laptop} />
    </Notification>
  );
}

/** Whoever has work that is only here must not close the browser to find out whether that loses it. */
function BeforeClosing({ laptop }: { readonly laptop: Laptop }) {
  const { unsent, quarantined } = laptop.saveCounts.value;
  if (unsent + quarantined === 0) return null;
  return <p class="govuk-body govuk-!-font-weight-bold">{words.homes[laptop.home.name].beforeClosing}</p>;
}

function How({ laptop }: { readonly laptop: Laptop }) {
  return (
    <Details summary={say.checkHow}>
      <p class="govuk-body">{say.checkWhy}</p>
      <ol class="govuk-list govuk-list--number">
        {say.checkSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3 class="govuk-heading-s app-tight">{say.promise}</h3>
      <div class="govuk-body">
        <StorageState laptop={laptop} />
      </div>
      <ForIt />
    </Details>
  );
}

/** Which settings of a browser delete what is kept, by their names. */
export function ForIt() {
  return (
    <>
      <h3 class="govuk-heading-s app-tight">{say.forIt}</h3>
      <p class="govuk-body">{say.policies}</p>
    </>
  );
}

/** The same in one line, in the head of the form. */
export function StorageLine({ laptop }: { readonly laptop: Laptop }) {
  const check = useStorageCheck();
  if (check?.kind !== 'to-do' || isCheckHidden(laptop)) return null;
  return (
    <p class="app-check-line">
      {say.checkInForm} <a href="/">{say.checkInFormHow}</a>
    </p>
  );
}

/** What has been found out, where the state of this computer is told. */
export function StorageFact() {
  const check = useStorageCheck();
  if (check === null || check.kind === 'not-needed') return null;
  return <p class="app-tight">{check.kind === 'kept' ? say.kept(momentText(check.atMs)) : say.notChecked}</p>;
}
