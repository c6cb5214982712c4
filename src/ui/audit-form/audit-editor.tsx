/**
 * The form of one audit: one place at a time, the rail beside it, everything on the keyboard. Holds only where one is;
 * what is written is in the editor, which keeps it as it is made.
 */
import { useLocation, useRoute } from 'preact-iso';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { shownValue } from '../../domain/fold.ts';
import type { GradeId } from '../../domain/grade.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { AllocationValue, SectionValue } from '../../domain/values.ts';
import { useOrganisation } from '../data/organisation.ts';
import { StorageLine } from '../first-run/storage-notice.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { auditHead } from './audit-head.ts';
import { useBackHome } from './back-home.ts';
import { act, type FormContext } from './form-context.ts';
import { commandFor, type FormCommand } from './form-keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { chooseOverall } from './overall-panel.tsx';
import { keepSingleKeys, rememberedPlace, rememberPlace, singleKeysOn } from './place-memory.ts';
import { PlacePanel, placeHeadingId } from './place-panel.tsx';
import { placeBeside, placesOf, type Place, type PlaceId } from './places.ts';
import { placeTitle, SectionRail } from './section-rail.tsx';
import { isTextField, leaveText } from './text-focus.ts';
import { fieldId } from './text-box.tsx';

export function AuditEditor(form: FormContext & { readonly id: RecordId }) {
  const { id, laptop, tool, editor } = form;
  const { query } = useRoute();
  const { route } = useLocation();
  const places = placesOf(tool);
  const [hereId, setHere] = useState<PlaceId>(() => query['at'] ?? rememberedPlace(id) ?? '');
  const here = places.find((place) => place.id === hereId) ?? places[0];
  const arriving = useRef<string | null>(query['focus'] ?? null);
  const [help, setHelp] = useState(false);
  const [singleKeys, setSingleKeys] = useState(singleKeysOn);
  const announce = useAnnounce();
  const units = editor.units();
  const head = auditHead(units, useOrganisation());
  const checkHref = `/audit/${id}/check`;

  const go = useCallback(
    (place: PlaceId) => {
      rememberPlace(laptop, id, place);
      setHere(place);
      arriving.current = placeHeadingId;
    },
    [laptop, id],
  );
  // The focus moves with the page and not a frame later: a key pressed at once belongs to the new place.
  useLayoutEffect(() => {
    if (arriving.current !== null) focusOn(arriving.current);
    arriving.current = null;
  });
  if (here === undefined) throw new Error(`The tool ${tool.id} has no place to edit`);

  const step = (by: 1 | -1): void => {
    const next = placeBeside(places, here, by);
    if (next !== undefined) go(next.id);
    else if (by === 1) route(checkHref);
  };
  const run = (command: FormCommand): void => {
    switch (command.kind) {
      case 'grade': {
        const grade = tool.scale.grades.find(({ key }) => key === command.key);
        if (grade === undefined) return;
        const refused = giveGrade(form, here, grade.id);
        return announce(refused ?? say.graded(grade.name, placeTitle(here)));
      }
      case 'next':
        return step(1);
      case 'previous':
        return step(-1);
      case 'evidence':
      case 'rationale':
        return here.kind === 'section' ? focusOn(fieldId(here.id, command.kind)) : undefined;
      case 'help':
        return setHelp((shown) => !shown);
      case 'leave-text':
        return leaveText(placeHeadingId);
      default:
        return command satisfies never;
    }
  };
  const graded = here.kind === 'section' || here.kind === 'overall';
  useFormKeys(run, { singleKeys, gradeKeys: graded ? tool.scale.grades.map(({ key }) => key) : [] });

  return (
    <Page
      title={head.title}
      tabTitle={say.tabTitle}
      caption={head.caption}
      back={useBackHome(laptop)}
      width="wide"
      actions={
        <Button kind="secondary" small onClick={() => setHelp(!help)}>
          {say.keys} <kbd class="app-key">?</kbd>
        </Button>
      }
    >
      <StorageLine laptop={laptop} />
      {shownValue<AllocationValue>(units, 'allocation')?.exempt === true && <InsetText>{say.exempt}</InsetText>}
      {help && (
        <KeysHelp
          scale={tool.scale}
          singleKeys={singleKeys}
          onSingleKeys={(on) => {
            keepSingleKeys(on);
            setSingleKeys(on);
          }}
          onClose={() => {
            setHelp(false);
            focusOn(placeHeadingId);
          }}
        />
      )}
      <div class="app-audit">
        <SectionRail
          tool={tool}
          units={units}
          places={places}
          here={here.id}
          onGo={go}
          checkHref={checkHref}
          device={form.device}
        />
        <PlacePanel
          {...form}
          key={here.id}
          place={here}
          places={places}
          onStep={step}
          onGo={go}
          checkHref={checkHref}
        />
      </div>
    </Page>
  );
}

/** Gives the grade of the place; answers why not where the tool's rules refuse it. */
function giveGrade({ editor, tool }: FormContext, place: Place, grade: GradeId): string | null {
  if (place.kind === 'overall') return chooseOverall(editor, tool, grade);
  if (place.kind === 'section') act<SectionValue>(editor, place.id, { grade, notApplicable: false });
  return null;
}

function focusOn(id: string): void {
  const target = document.getElementById(id);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: id === placeHeadingId ? 'start' : 'center' });
}

interface KeySettings {
  readonly singleKeys: boolean;
  readonly gradeKeys: readonly string[];
}

function useFormKeys(run: (command: FormCommand) => void, settings: KeySettings): void {
  const newest = useRef({ run, settings });
  newest.current = { run, settings };
  // Listening from the moment the form is on the page, not from the next frame on.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const command = commandFor(event, { ...newest.current.settings, inText: isTextField(event.target) });
      if (command === null) return;
      event.preventDefault();
      newest.current.run(command);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
