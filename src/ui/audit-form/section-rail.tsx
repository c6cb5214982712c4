/**
 * All places of the form beside the one being worked on: title, grade, what is missing. On a narrow screen it folds into
 * one line that says where one is.
 */
import { useState } from 'preact/hooks';
import { missingToSubmit, type Missing } from '../../domain/completeness.ts';
import type { ShownUnits } from '../../domain/fold.ts';
import type { DeviceId } from '../../domain/ids.ts';
import type { Tool } from '../../domain/tool.ts';
import type { ConcernValue, OverallValue } from '../../domain/values.ts';
import { GradeMark } from '../parts/grade-mark.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { missingText } from './missing-text.ts';
import { versionsToSee } from './versions-to-see.ts';
import { gradedSections, placeOfUnit, sectionProgress, unitsOf, type Place, type PlaceId } from './places.ts';

interface SectionRailProps {
  readonly tool: Tool;
  readonly units: ShownUnits;
  readonly places: readonly Place[];
  readonly here: PlaceId;
  readonly onGo: (place: PlaceId) => void;
  readonly checkHref: string;
  /** As which the server knows this laptop. */
  readonly device: DeviceId;
}

export function SectionRail({ tool, units, places, here, onGo, checkHref, device }: SectionRailProps) {
  const [open, setOpen] = useState(false);
  const missing = missingToSubmit(tool, units);
  const at = places.findIndex(({ id }) => id === here);
  const current = places[at];
  const done = gradedSections(tool, units);
  const go = (id: PlaceId): void => {
    setOpen(false);
    onGo(id);
  };
  return (
    <nav class={`app-rail ${open ? 'app-rail--open' : ''}`} aria-label={say.sections}>
      <button type="button" class="app-rail__toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {current && say.showSections(placeTitle(current), at + 1, places.length)}
      </button>
      <div class="app-rail__body">
        <p class="app-rail__progress">
          {say.progress(done, tool.sections.length)}
          <progress max={tool.sections.length} value={done} aria-hidden="true" />
        </p>
        <ol class="app-rail__list">
          {places.map((place) => (
            <li key={place.id} class={place.kind === 'section' ? '' : 'app-rail__beyond'}>
              <button
                type="button"
                class="app-rail__place"
                aria-current={place.id === here ? 'step' : undefined}
                onClick={() => go(place.id)}
              >
                <span class="app-rail__title">{placeTitle(place)}</span>
                {unitsOf(place, tool).some((unit) => versionsToSee(units[unit], device).length > 0) && (
                  <strong class="app-rail__raised">{say.changedHere}</strong>
                )}
                <PlaceState place={place} tool={tool} units={units} missing={missing} />
              </button>
            </li>
          ))}
        </ol>
        <a class="govuk-button app-rail__check" href={checkHref} role="button" draggable={false}>
          {say.readThrough}
        </a>
      </div>
    </nav>
  );
}

export function placeTitle(place: Place): string {
  return place.kind === 'section' ? place.section.title : say[place.kind];
}

interface PlaceStateProps {
  readonly place: Place;
  readonly tool: Tool;
  readonly units: ShownUnits;
  readonly missing: readonly Missing[];
}

function PlaceState({ place, tool, units, missing }: PlaceStateProps) {
  switch (place.kind) {
    case 'section': {
      const progress = sectionProgress(place.section, units, missing);
      const text = progress.started ? missingText(progress.missing, progress.unanswered) : '';
      return (
        <span class="app-rail__state">
          {place.section.critical && <span class="app-rail__critical">{say.criticalShort}</span>}
          {progress.grade !== null && <GradeMark scale={tool.scale} grade={progress.grade} />}
          {text !== '' && <span class="app-rail__missing">{text}</span>}
          {!progress.started && <span class="app-rail__missing">{say.notStarted}</span>}
        </span>
      );
    }
    case 'voices': {
      const open = missing.filter(({ unit }) => placeOfUnit(unit) === 'voices').length;
      return (
        <span class="app-rail__state">
          <span class="app-rail__missing">{say.heard(tool.voices.length - open, tool.voices.length)}</span>
        </span>
      );
    }
    case 'concern': {
      const raised = (units['concern']?.value as Partial<ConcernValue> | undefined)?.raised === true;
      return (
        <span class="app-rail__state">{raised && <strong class="app-rail__raised">{say.concernRaised}</strong>}</span>
      );
    }
    case 'overall': {
      const chosen = (units['overall']?.value as Partial<OverallValue> | undefined)?.chosen ?? null;
      return <span class="app-rail__state">{chosen !== null && <GradeMark scale={tool.scale} grade={chosen} />}</span>;
    }
    case 'case': {
      const text = missingText(
        missing.filter(({ unit }) => placeOfUnit(unit) === 'case'),
        0,
      );
      return <span class="app-rail__state">{text !== '' && <span class="app-rail__missing">{text}</span>}</span>;
    }
    default:
      return place satisfies never;
  }
}
