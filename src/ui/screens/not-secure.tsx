/** An address at which the browser gives no encryption: nothing is asked for that could not be kept safe. */
import { Door } from '../frame/door.tsx';
import { words } from '../words.ts';

export function NotSecure() {
  return (
    <Door title={words.doors.notSecureTitle}>
      <p class="govuk-body">{words.doors.notSecure}</p>
    </Door>
  );
}
