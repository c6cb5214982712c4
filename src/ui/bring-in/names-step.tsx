/** What each service, team, tool or person of a file is here: one that is here, made here, or left out. */
import { useState } from 'preact/hooks';
import {
  isPossible,
  mayMake,
  optionsFor,
  suggestionFor,
  type Choice,
  type Choices,
  type Named,
} from '../../domain/bring-in/choices.ts';
import type { Referent } from '../../domain/bring-in/references.ts';
import type { Standing } from '../../domain/rights.ts';
import type { NamedThere } from '../../store/backup/contents.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import type { Choice as Option } from '../parts/choice.ts';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Select } from '../parts/select.tsx';
import { words } from '../words.ts';

interface NamesStepProps {
  readonly what: Referent;
  readonly rows: readonly NamedThere[];
  /** Every name of the file: a team is shown with its service. */
  readonly theirs: readonly Named[];
  readonly ours: readonly Named[];
  readonly choices: Choices;
  readonly standing: Standing;
  readonly onBack: () => void;
  readonly onDone: (choices: Choices) => void;
}

export function NamesStep({ what, rows, theirs, ours, choices, standing, onBack, onDone }: NamesStepProps) {
  const [chosen, setChosen] = useState(() => firstChoices(rows, ours, choices, standing));
  const [attempt, setAttempt] = useState(0);
  const { backup: text } = words;
  const missing = rows.filter(({ id }) => !chosen.has(id));
  const errors: readonly FieldError[] =
    attempt === 0 ? [] : missing.map(({ id, name }) => ({ id: fieldId(id), text: text.nameMissing(name) }));
  const choose = (id: string, value: string): void => {
    const next = new Map(chosen);
    const choice = choiceOf(value);
    if (choice === null) next.delete(id);
    else next.set(id, choice);
    setChosen(next);
  };
  return (
    <>
      <ErrorSummary errors={errors} attempt={attempt} />
      <p class="govuk-body">{text.namesLead(what)}</p>
      {what === 'person' && <p class="govuk-body">{text.rolesNot}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length > 0) setAttempt(attempt + 1);
          else onDone(new Map([...choices, ...chosen]));
        }}
      >
        {rows.map((row) => (
          <Select
            key={row.id}
            id={fieldId(row.id)}
            label={fullName(row, theirs)}
            labelSize="s"
            hint={text.namedBy(row.namedBy)}
            error={errors.find(({ id }) => id === fieldId(row.id))?.text}
            value={valueOf(chosen.get(row.id))}
            choices={optionList(row, ours, choices, standing)}
            onChange={(value) => choose(row.id, value)}
          />
        ))}
        <ButtonGroup>
          <Button type="submit">{text.continue}</Button>
          <Button kind="secondary" onClick={onBack}>
            {words.parts.back}
          </Button>
        </ButtonGroup>
      </form>
    </>
  );
}

/** A team with its service: two services may each have a "Team 1". */
function fullName({ name, service }: Named, all: readonly Named[]): string {
  const of = all.find(({ what, id }) => what === 'service' && id === service);
  return of === undefined ? name : words.backup.teamOf(name, of.name);
}

const fieldId = (id: string): string => `name-${id}`;

/** What was chosen before and can still stand, else what suggests itself; what nothing names is left out. */
function firstChoices(
  rows: readonly NamedThere[],
  ours: readonly Named[],
  choices: Choices,
  standing: Standing,
): ReadonlyMap<string, Choice> {
  const first = rows.flatMap((row): (readonly [string, Choice])[] => {
    const before = choices.get(row.id);
    if (before !== undefined && isPossible(before, row, ours, choices, standing)) return [[row.id, before]];
    const suggested = suggestionFor(row, ours, choices) ?? (row.namedBy === 0 ? { kind: 'leave' as const } : null);
    return suggested === null ? [] : [[row.id, suggested]];
  });
  return new Map(first);
}

function optionList(row: Named, ours: readonly Named[], choices: Choices, standing: Standing): readonly Option[] {
  const { backup: text } = words;
  return [
    ...optionsFor(row, ours, choices).map(({ id, name }) => ({ value: id, label: name, group: text.optionsHere })),
    ...(mayMake(row, ours, choices, standing)
      ? [{ value: 'make', label: text.make(row.name), group: text.optionsElse }]
      : []),
    { value: 'leave', label: text.leave, group: text.optionsElse },
  ];
}

const valueOf = (choice: Choice | undefined): string =>
  choice === undefined ? '' : choice.kind === 'same' ? choice.id : choice.kind;

function choiceOf(value: string): Choice | null {
  if (value === '') return null;
  return value === 'make' || value === 'leave' ? { kind: value } : { kind: 'same', id: value };
}
