/**
 * Importing graded records, for QA leads: the list of imports, and one import step by step. What was chosen lives as long as
 * the person stays here; the thread that reads and writes ends when they leave.
 */
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole } from '../../domain/rights.ts';
import { recordEdits } from '../../store/record.ts';
import { nowMs, today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { AboutStep } from '../import/about-step.tsx';
import { AddStep } from '../import/add-step.tsx';
import { CheckStep } from '../import/check-step.tsx';
import { ColumnsStep } from '../import/columns-step.tsx';
import { FileStep } from '../import/file-step.tsx';
import { newImportFlow, type ImportFlow } from '../import/import-flow.ts';
import { ImportsList } from '../import/imports-list.tsx';
import { PlacesStep } from '../import/places-step.tsx';
import { RowsStep } from '../import/rows-step.tsx';
import { stepOf, stepToShow, type Step } from '../import/steps.ts';
import { undoEdit } from '../import/undo.ts';
import { Page } from '../parts/page.tsx';
import { importing as say } from '../words/import.ts';

export function ImportScreen({ laptop }: { readonly laptop: Laptop }) {
  const standing = standingIn(useOrganisation(), laptop.store.person, today(laptop));
  if (hasRole(standing, 'qa-lead')) return <Imports laptop={laptop} />;
  return (
    <Page title={say.title}>
      <p class="govuk-body">{say.notForYou}</p>
    </Page>
  );
}

function Imports({ laptop }: { readonly laptop: Laptop }) {
  const { route } = useLocation();
  const { params } = useRoute();
  const organisation = useOrganisation();
  const [flow] = useState(() => newImportFlow({ openBridge: laptop.openImport, undo: (id) => undo(laptop, id) }));
  useEffect(() => () => void flow.close(), [flow]);
  const asked = stepOf(params['step']);
  const step = asked === undefined ? undefined : stepToShow(asked, flow.state.value, organisation);
  const go = (to: Step): void => route(`/import/${to}`);
  const begin = (): void => {
    flow.restart();
    go('file');
  };
  // An address whose step cannot be taken yet leads to the one that comes first.
  useEffect(() => {
    if (step !== undefined && step !== asked) route(`/import/${step}`, true);
  }, [step, asked]);
  if (step === undefined) return <ImportsList laptop={laptop} onBegin={begin} />;
  return <StepScreen key={step} step={step} laptop={laptop} flow={flow} onGo={go} onBegin={begin} />;
}

async function undo({ store, ...laptop }: Laptop, record: Parameters<typeof undoEdit>[0]) {
  const edit = undoEdit(record, store.person, nowMs({ ...laptop, store }));
  const saved = await recordEdits(store, [edit], 'act');
  return saved.ok ? null : saved.problem;
}

interface StepScreenProps {
  readonly step: Step;
  readonly laptop: Laptop;
  readonly flow: ImportFlow;
  readonly onGo: (step: Step) => void;
  readonly onBegin: () => void;
}

function StepScreen({ step, laptop, flow, onGo, onBegin }: StepScreenProps) {
  const lookAgain = (): void => {
    flow.lookAgain();
    onGo('columns');
  };
  switch (step) {
    case 'file':
      return <FileStep flow={flow} onDone={() => onGo('rows')} />;
    case 'rows':
      return <RowsStep flow={flow} onDone={() => onGo('columns')} />;
    case 'columns':
      return <ColumnsStep flow={flow} onDone={() => onGo('places')} />;
    case 'places':
      return <PlacesStep flow={flow} onDone={() => onGo('about')} />;
    case 'about':
      return <AboutStep flow={flow} onDone={() => onGo('check')} />;
    case 'check':
      return <CheckStep laptop={laptop} flow={flow} onDone={() => onGo('add')} />;
    case 'add':
      return <AddStep flow={flow} onLookAgain={lookAgain} onAnother={onBegin} />;
    default:
      return step satisfies never;
  }
}
