/** The place being worked on: its heading, what others did to it, its fields, and beneath them the way on and whether it is kept. */
import { overallRules } from '../../domain/tool.ts';
import type { PlaceId, Place } from './places.ts';
import { Tag } from '../parts/tag.tsx';
import { Button } from '../parts/button.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { CaseFields } from './case-fields.tsx';
import { ChangedByOthers } from './changed-by-others.tsx';
import { ConcernPanel } from './concern-panel.tsx';
import type { FormContext } from './form-context.ts';
import { OverallPanel } from './overall-panel.tsx';
import { placeBeside, unitsOf } from './places.ts';
import { SaveLine, SaveProblem } from './save-line.tsx';
import { SectionPanel } from './section-panel.tsx';
import { placeTitle } from './section-rail.tsx';
import { VoicesPanel } from './voices-panel.tsx';

export const placeHeadingId = 'place-heading';

interface PlacePanelProps extends FormContext {
  readonly place: Place;
  readonly places: readonly Place[];
  readonly onStep: (by: 1 | -1) => void;
  readonly onGo: (place: PlaceId) => void;
  readonly checkHref: string;
}

export function PlacePanel({ place, places, onStep, onGo, checkHref, ...form }: PlacePanelProps) {
  const { tool, editor } = form;
  const units = unitsOf(place, tool);
  const [previous, next] = [placeBeside(places, place, -1), placeBeside(places, place, 1)];
  return (
    <section class="app-place" aria-labelledby={placeHeadingId}>
      <PlaceHead {...form} place={place} onGo={onGo} />
      <ChangedByOthers {...form} units={units} />
      <PlaceFields {...form} place={place} />
      <div class="app-place__bar">
        <SaveProblem {...form} />
        <span class="app-place__step">
          {previous && (
            <Button kind="secondary" small onClick={() => onStep(-1)} about={placeTitle(previous)}>
              {say.previous}
            </Button>
          )}
        </span>
        <SaveLine editor={editor} units={units} />
        <span class="app-place__step app-place__step--next">
          {next ? (
            <Button small onClick={() => onStep(1)}>
              {say.next}
              <span class="app-place__next-title">{`: ${placeTitle(next)}`}</span>
            </Button>
          ) : (
            <Button small href={checkHref}>
              {say.readThrough}
            </Button>
          )}
        </span>
      </div>
    </section>
  );
}

function PlaceHead({ place, tool, onGo }: FormContext & Pick<PlacePanelProps, 'place' | 'onGo'>) {
  const worst = tool.scale.grades.at(-1)?.name ?? '';
  const isSection = place.kind === 'section';
  const caption = isSection
    ? say.sectionOf(tool.sections.indexOf(place.section) + 1, tool.sections.length)
    : say.beyondSections;
  return (
    <header class="app-place__head">
      <p class="app-place__caption">
        {caption}
        {place.kind !== 'concern' && (
          <Button kind="link" onClick={() => onGo('concern')}>
            {say.concern}
          </Button>
        )}
      </p>
      <h2 id={placeHeadingId} class="app-place__title" tabIndex={-1}>
        {placeTitle(place)}
      </h2>
      {isSection && place.section.critical && (
        <p class="app-place__critical">
          <Tag colour="purple">{say.critical}</Tag>
          {overallRules(tool) !== null && <span>{say.criticalMeans(worst)}</span>}
        </p>
      )}
    </header>
  );
}

function PlaceFields({ place, ...form }: FormContext & Pick<PlacePanelProps, 'place'>) {
  switch (place.kind) {
    case 'section':
      return <SectionPanel {...form} section={place.section} />;
    case 'voices':
      return <VoicesPanel {...form} />;
    case 'concern':
      return <ConcernPanel {...form} />;
    case 'overall':
      return <OverallPanel {...form} />;
    case 'case':
      return <CaseFields editor={form.editor} />;
    default:
      return place satisfies never;
  }
}
