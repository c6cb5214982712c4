/**
 * Sets the period after which audits are erased, and laptops drop their copies. Either is asked for twice: a period only after it has
 * been counted what it would erase, since that cannot be taken back.
 */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import { basisOf, shownValue } from '../../domain/fold.ts';
import { graceMs } from '../../domain/retention.ts';
import type { RetentionValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { dayAt, dayText } from '../format.ts';
import { useSave } from '../organisation/use-save.ts';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { DueSentences, useDueCounts } from './due-sentences.tsx';
import { retention as say } from '../words/retention.ts';

const none: RetentionValue = { months: null, cycles: [], laptopDays: null };

export function PeriodForm({ laptop, settings }: { readonly laptop: Laptop; readonly settings: ShownRecord }) {
  const unit = settings.units['retention'];
  const set = shownValue<RetentionValue>(settings.units, 'retention') ?? none;
  const [months, setMonths] = useState(textOf(set.months));
  const [days, setDays] = useState(textOf(set.laptopDays));
  const [attempt, setAttempt] = useState(0);
  const [asks, setAsks] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = useSave(laptop);
  const wanted = { months: numberOf(months, 1_200), laptopDays: numberOf(days, 366) };
  const isErasing = typeof wanted.months === 'number' && wanted.months !== set.months;
  const isDropping = typeof wanted.laptopDays === 'number' && wanted.laptopDays !== set.laptopDays;
  const asked = asks && isErasing && typeof wanted.months === 'number' ? { ...set, months: wanted.months } : null;
  const counts = useDueCounts(laptop, asked);
  const errors = [
    ...(wanted.months === 'wrong' ? [{ id: 'retention-months', text: say.monthsWrong }] : []),
    ...(wanted.laptopDays === 'wrong' ? [{ id: 'retention-laptop', text: say.daysWrong }] : []),
    ...(problem === null ? [] : [{ id: 'retention-months', text: problem }]),
  ];
  const errorOf = (id: string): string | null =>
    attempt === 0 ? null : (errors.find((error) => error.id === id)?.text ?? null);
  const write = async (): Promise<void> => {
    setAsks(false);
    const value = { ...set, ...wanted } as unknown as JsonObject;
    const edit = { record: settings.id, kind: 'settings', unit: 'retention', value, ...basisOf(unit) } as const;
    setProblem(await save([edit], say.saved));
  };
  const submit = (): void => {
    setAttempt(attempt + 1);
    if (wanted.months === 'wrong' || wanted.laptopDays === 'wrong') return;
    if (isErasing || isDropping) setAsks(true);
    else void write();
  };
  return (
    <section aria-labelledby="retention-period">
      <h2 id="retention-period" class="govuk-heading-m">
        {say.periodTitle}
      </h2>
      <p class="govuk-body">{inForce(set, unit?.confirmed?.stamp.ms ?? null)}</p>
      {set.cycles.length > 0 && <p class="govuk-body">{say.cycles(set.cycles.length)}</p>}
      <form
        class="app-panel"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {attempt > 0 && <ErrorSummary errors={errors} attempt={attempt} />}
        <TextInput
          id="retention-months"
          label={say.months}
          hint={say.monthsHint}
          width={5}
          inputMode="numeric"
          maxLength={5}
          value={months}
          error={errorOf('retention-months')}
          onInput={setMonths}
        />
        <TextInput
          id="retention-laptop"
          label={say.laptopDays}
          hint={say.laptopDaysHint}
          width={5}
          inputMode="numeric"
          maxLength={3}
          value={days}
          error={errorOf('retention-laptop')}
          onInput={setDays}
        />
        <Button type="submit">{say.save}</Button>
      </form>
      <ConfirmDialog
        open={asks}
        title={isErasing ? say.warnTitle : say.warnLaptopTitle}
        confirm={isErasing ? say.warnYes : say.warnLaptopYes}
        warning
        busy={asked !== null && counts === null}
        onConfirm={() => void write()}
        onCancel={() => setAsks(false)}
      >
        {isErasing && (
          <>
            <p class="govuk-body">{say.warnBody(typeof wanted.months === 'number' ? wanted.months : 0)}</p>
            <DueSentences counts={counts} />
          </>
        )}
        {isDropping && (
          <p class="govuk-body">{say.warnLaptop(typeof wanted.laptopDays === 'number' ? wanted.laptopDays : 0)}</p>
        )}
      </ConfirmDialog>
    </section>
  );
}

/** The period that stands; `setMs` is when the server took it, null while it has not. */
function inForce({ months }: RetentionValue, setMs: number | null): string {
  if (months === null) return say.noPeriod;
  return say.inForceFrom(months, setMs === null ? '…' : dayText(dayAt(setMs + graceMs)));
}

const textOf = (number: number | null): string => (number === null ? '' : String(number));

/** A whole number from 1 to `most`, null for nothing entered. */
function numberOf(text: string, most: number): number | null | 'wrong' {
  const trimmed = text.trim().replaceAll(',', '');
  if (trimmed === '') return null;
  const number = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : 0;
  return number >= 1 && number <= most ? number : 'wrong';
}
