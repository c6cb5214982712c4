/** Said to somebody who sets a laptop up and has done so before: was it this one? Only the server can still know (FAULTS 2). */
import type { Session } from '../../protocol/session.ts';
import { momentText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { Notification } from '../parts/notification.tsx';
import { firstRun as say } from '../words/first-run.ts';

export function SetUpBefore({ session: { laptops } }: { readonly session: Session }) {
  if (laptops === undefined || laptops.lastMs === null) return null;
  return (
    <Notification title={say.beforeTitle} heading={say.before(momentText(laptops.lastMs))}>
      <p class="govuk-body">{say.beforeSame}</p>
      <Details summary={say.forIt}>{say.policies}</Details>
    </Notification>
  );
}
