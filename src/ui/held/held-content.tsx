/** What a held change says, to be read whole: as the audit form shows it, or every text of it where no tool is known. */
import { splitValue } from '../../domain/fields.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import type { Kind } from '../../domain/record.ts';
import { familyOf } from '../../domain/unit-names.ts';
import type { Tool } from '../../domain/tool.ts';
import { UnitReading } from '../audit-form/unit-reading.tsx';
import { held as say } from '../words/held.ts';

export interface HeldContentProps {
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
  readonly tool: Tool | undefined;
}

const readable: ReadonlySet<string> = new Set(['case', 'section:*', 'checks:*', 'voice:*', 'concern', 'overall']);

export function HeldContent({ kind, unit, value, tool }: HeldContentProps) {
  const family = familyOf(kind, unit);
  if (kind === 'audit' && tool !== undefined && family !== undefined && readable.has(family)) {
    return <UnitReading tool={tool} unit={unit} value={value} />;
  }
  const texts = textsOf(kind, unit, value);
  return texts.length === 0 ? null : (
    <>
      {texts.map(([field, text]) => (
        <p key={field} class="app-held__text">
          {text}
        </p>
      ))}
    </>
  );
}

/** Everything of a value that somebody wrote or chose, by field: also what this build does not know. */
export function textsOf(kind: Kind, unit: string, value: JsonObject): readonly (readonly [string, string])[] {
  if (unit === 'imported') return [];
  const { plain, list, text } = splitValue(kind, unit, value);
  const shown = unit.includes(':') || unit === 'overall' ? { ...plain, ...list, ...text } : { ...list, ...text };
  return Object.entries(shown).flatMap(([field, one]) => {
    if (typeof one === 'string') return one === '' ? [] : [[field, one] as const];
    return typeof one === 'object' && one !== null ? [[field, JSON.stringify(one)] as const] : [];
  });
}

/** The same as one text, to be copied. */
export const copyText = (kind: Kind, unit: string, value: JsonObject): string =>
  textsOf(kind, unit, value)
    .map(([, text]) => text)
    .join('\n\n') || say.unsaid;
