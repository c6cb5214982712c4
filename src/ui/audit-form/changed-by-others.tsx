/** Says that somebody else changed the same thing, shows what they have, and lets the reader decide which one counts. */
import type { ComponentChildren } from 'preact';
import type { UnitVersion } from '../../domain/record.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { dayAt, dayText, timeText } from '../format.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import type { FormContext } from './form-context.ts';
import { UnitReading } from './unit-reading.tsx';
import { versionsToSee } from './versions-to-see.ts';

export function ChangedByOthers(form: FormContext & { readonly units: readonly string[] }) {
  const { laptop, tool, editor, device, units } = form;
  const shown = editor.units();
  return units.map((unit) => {
    const versions = versionsToSee(shown[unit], device);
    const settles = versions.map(({ op }) => op);
    return versions.map((version) => (
      <Changed key={version.op} laptop={laptop} version={version}>
        <UnitReading tool={tool} unit={unit} value={version.value} />
        <Choice>
          <Button kind="secondary" small onClick={() => editor.change(unit, (now) => now, 'act', settles)}>
            {say.keepThis}
          </Button>
          <Button kind="secondary" small onClick={() => editor.change(unit, () => version.value, 'act', settles)}>
            {say.takeThat}
          </Button>
        </Choice>
      </Changed>
    ));
  });
}

/** A press leaves the cursor in its text: leaving it may bring the newest version up, and the press would miss its button. */
const Choice = ({ children }: { readonly children: ComponentChildren }) => (
  <div onMouseDown={(event) => event.preventDefault()}>
    <ButtonGroup>{children}</ButtonGroup>
  </div>
);

interface ChangedProps {
  readonly laptop: FormContext['laptop'];
  readonly version: UnitVersion;
  readonly children: ComponentChildren;
}

function Changed({ laptop, version, children }: ChangedProps) {
  const organisation = useOrganisation();
  const isMine = version.author === laptop.store.person;
  const name = isMine ? say.you : (personById(organisation, version.author)?.name ?? words.names.unknownPerson);
  const { ms } = version.stamp;
  const isToday = dayAt(ms) === dayAt(laptop.store.now());
  return (
    <div class="app-changed" role="status">
      <p class="app-changed__what">
        {say.changedBy(name, isToday ? timeText(ms) : `${timeText(ms)}, ${dayText(dayAt(ms))}`)}
      </p>
      <p class="govuk-body-s">{say.changedLead}</p>
      {children}
    </div>
  );
}
