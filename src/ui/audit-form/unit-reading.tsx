/** One unit's value to be read and not changed: in the read-through, in a submitted audit, and beside a conflict. */
import type { ComponentChildren } from 'preact';
import type { JsonObject } from '../../domain/canonical.ts';
import { isImportedTool } from '../../domain/import/imported-tool.ts';
import { sectionById, type Tool } from '../../domain/tool.ts';
import { unitSubject } from '../../domain/unit-names.ts';
import type {
  CaseValue,
  ChecksValue,
  ConcernValue,
  OverallValue,
  SectionValue,
  VoiceValue,
} from '../../domain/values.ts';
import { dayText, localTimeText } from '../format.ts';
import { GradeMark } from '../parts/grade-mark.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';

interface UnitReadingProps {
  readonly tool: Tool;
  readonly unit: string;
  readonly value: JsonObject;
}

export function UnitReading({ tool, unit, value }: UnitReadingProps) {
  const [family] = unit.split(':');
  switch (family) {
    case 'case':
      return <CaseReading value={value as unknown as Partial<CaseValue>} />;
    case 'section':
      return <SectionReading tool={tool} value={value as unknown as Partial<SectionValue>} />;
    case 'checks':
      return <ChecksReading tool={tool} section={unitSubject(unit)} value={value as unknown as ChecksValue} />;
    case 'voice':
      return <VoiceReading value={value as unknown as Partial<VoiceValue>} />;
    case 'concern':
      return <ConcernReading value={value as unknown as Partial<ConcernValue>} />;
    default:
      return <OverallReading tool={tool} value={value as unknown as Partial<OverallValue>} />;
  }
}

function CaseReading({ value: { reference, initials, ageBand } }: { readonly value: Partial<CaseValue> }) {
  return (
    <Reading>
      <Item name={say.caseReference} text={reference} />
      <Item name={say.initials} text={initials ?? ''} />
      <Item name={say.ageBand} text={ageBand == null ? '' : words.names.ageBands[ageBand]} />
    </Reading>
  );
}

function SectionReading({ tool, value }: { readonly tool: Tool; readonly value: Partial<SectionValue> }) {
  const { notApplicable = false, grade = null, notApplicableReason, evidence, rationale } = value;
  const gradedElsewhere = isImportedTool(tool);
  return (
    <Reading>
      <Item name={say.gradeLegend}>
        <GradeMark scale={tool.scale} grade={notApplicable ? 'na' : grade} />
      </Item>
      {notApplicable && <Item name={say.notApplicableReason} text={notApplicableReason} />}
      {!notApplicable && !gradedElsewhere && <Item name={say.rationale} text={rationale} />}
      {!gradedElsewhere && <Item name={say.evidence} text={evidence} />}
    </Reading>
  );
}

interface ChecksReadingProps {
  readonly tool: Tool;
  readonly section: string;
  readonly value: ChecksValue;
}

function ChecksReading({ tool, section, value }: ChecksReadingProps) {
  const checks = sectionById(tool, section)?.checks ?? [];
  return (
    <Reading>
      {checks.map(({ id, text, answer }) => (
        <Item key={id} name={text}>
          {answerText(value.answers[id], answer)}
        </Item>
      ))}
    </Reading>
  );
}

function answerText(given: string | undefined, asked: 'yes-no' | 'date'): string {
  switch (given) {
    case undefined:
      return say.notAnswered;
    case 'yes':
      return say.yes;
    case 'no':
      return asked === 'date' ? say.noDate : say.no;
    case 'na':
      return say.naLong;
    default:
      return dayText(given);
  }
}

function VoiceReading({ value: { obtained = null, words, because } }: { readonly value: Partial<VoiceValue> }) {
  if (obtained === null) return <p class="app-reading__none">{say.notAsked}</p>;
  return (
    <Reading>{obtained ? <Item name={say.said} text={words} /> : <Item name={say.because} text={because} />}</Reading>
  );
}

function ConcernReading({ value: { raised, told, toldAt, how } }: { readonly value: Partial<ConcernValue> }) {
  if (raised !== true) return <p class="app-reading__none">{say.concernNone}</p>;
  return (
    <Reading>
      <Item name={say.told} text={told} />
      <Item name={say.toldAt} text={toldAt == null ? '' : localTimeText(toldAt)} />
      <Item name={say.how} text={how} />
    </Reading>
  );
}

function OverallReading({ tool, value }: { readonly tool: Tool; readonly value: Partial<OverallValue> }) {
  const { chosen = null, suggested = null, reason } = value;
  return (
    <Reading>
      <Item name={say.overall}>
        <GradeMark scale={tool.scale} grade={chosen} />
      </Item>
      {suggested !== null && suggested !== chosen && (
        <>
          <Item name={say.suggestion}>
            <GradeMark scale={tool.scale} grade={suggested} />
          </Item>
          <Item name={say.overallReason} text={reason} />
        </>
      )}
    </Reading>
  );
}

const Reading = ({ children }: { readonly children: ComponentChildren }) => <dl class="app-reading">{children}</dl>;

interface ItemProps {
  readonly name: string;
  readonly text?: string | undefined;
  readonly children?: ComponentChildren;
}

function Item({ name, text, children }: ItemProps) {
  const shown = children ?? (text === undefined || text === '' ? null : text);
  return (
    <div class="app-reading__item">
      <dt>{name}</dt>
      <dd>{shown ?? <span class="app-reading__none">{say.emptyText}</span>}</dd>
    </div>
  );
}
