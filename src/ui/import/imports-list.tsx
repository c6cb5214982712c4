/** The imports so far: which file, by whom and when, how many audits, how far, and the way to take one back as a whole. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { nowMs } from '../data/clock.ts';
import { personById, useOrganisation, type ImportEntry } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { useSave } from '../organisation/use-save.ts';
import { useReturnFocus } from '../organisation/use-return-focus.ts';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Page } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tag, type TagColour } from '../parts/tag.tsx';
import { words } from '../words.ts';
import { importing as say } from '../words/import.ts';
import { number } from '../words/plural.ts';
import { stateName, stateOf, type ImportState } from './state-name.ts';
import { undoEdit } from './undo.ts';

interface ImportsListProps {
  readonly laptop: Laptop;
  readonly onBegin: () => void;
}

export function ImportsList({ laptop, onBegin }: ImportsListProps) {
  const organisation = useOrganisation();
  const save = useSave(laptop);
  const [asking, setAsking] = useState<ImportEntry | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const remember = useReturnFocus(asking !== null);
  const { imports } = organisation;
  const undo = async (entry: ImportEntry): Promise<void> => {
    setAsking(null);
    setProblem(await save([undoEdit(entry.id, laptop.store.person, nowMs(laptop))], say.undone(entry.file)));
  };
  return (
    <Page
      title={say.title}
      width="wide"
      back={{ href: '/organisation', text: words.organisation.title }}
      actions={<Button onClick={onBegin}>{say.begin}</Button>}
    >
      <ErrorSummary errors={problem === null ? [] : [{ id: null, text: problem }]} />
      <p class="govuk-body app-import__reading">{say.lead}</p>
      {imports.length === 0 ? (
        <p class="govuk-body">{say.none}</p>
      ) : (
        <Table
          caption={say.listTitle}
          dense
          columns={[
            { text: say.fileName },
            { text: say.whoWhen },
            { text: say.rows, numeric: true },
            { text: say.state },
            { text: words.parts.actions, hidden: true },
          ]}
          rows={imports.map((entry) => ({
            key: entry.id,
            cells: [
              entry.file,
              say.byOn(nameOf(entry.by), momentText(entry.at)),
              number(entry.rows),
              <State key="state" entry={entry} nameOf={nameOf} />,
              entry.undone === null && (
                <Button
                  key="undo"
                  kind="link"
                  id={`undo-${entry.id}`}
                  about={say.undoAbout(entry.file)}
                  onClick={() => {
                    remember();
                    setAsking(entry);
                  }}
                >
                  {say.undo}
                </Button>
              ),
            ],
          }))}
        />
      )}
      <ConfirmDialog
        open={asking !== null}
        title={say.undoTitle(asking?.file ?? '')}
        confirm={say.undo}
        warning
        onCancel={() => setAsking(null)}
        onConfirm={() => asking !== null && void undo(asking)}
      >
        {asking !== null && (
          <p class="govuk-body">
            {asking.finished === null ? say.undoBodyHalfWay(asking.rows) : say.undoBody(asking.rows)}
          </p>
        )}
        <p class="govuk-body">{say.undoMore}</p>
      </ConfirmDialog>
    </Page>
  );

  function nameOf(person: ImportEntry['by']): string {
    return personById(organisation, person)?.name ?? words.names.unknownPerson;
  }
}

const colours: Readonly<Record<ImportState, TagColour>> = { added: 'green', halfWay: 'orange', undone: 'grey' };

function State({ entry, nameOf }: { readonly entry: ImportEntry; readonly nameOf: (id: ImportEntry['by']) => string }) {
  const state = stateOf(entry);
  return (
    <>
      <Tag colour={colours[state]}>{stateName(entry)}</Tag>
      {state === 'halfWay' && <p class="app-tight app-soft">{say.halfWayHint}</p>}
      {entry.undone !== null && (
        <p class="app-tight app-soft">{say.undoneBy(nameOf(entry.undone.by), momentText(entry.undone.at))}</p>
      )}
    </>
  );
}
