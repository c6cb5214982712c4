/** The schema of an audit tool as data, held to `src/domain/tool`. */
import * as v from 'valibot';
import type { Tool } from '../domain/tool.ts';
import type { ToolId } from '../domain/ids.ts';
import { byKey, line, shortText } from './text.ts';

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/));

const grade = v.looseObject({
  id: slug,
  name: v.pipe(line(60), v.minLength(1)),
  short: line(30),
  key: v.pipe(v.string(), v.regex(/^[0-9a-z]$/)),
  descriptor: shortText,
});

const section = v.looseObject({
  id: slug,
  title: v.pipe(line(200), v.minLength(1)),
  critical: v.boolean(),
  mayBeNotApplicable: v.boolean(),
  prompts: v.pipe(
    v.array(v.looseObject({ text: shortText, impact: v.exactOptional(v.literal(true)) })),
    v.maxLength(50),
  ),
  checks: v.pipe(
    v.array(v.looseObject({ id: slug, text: shortText, answer: v.picklist(['yes-no', 'date']) })),
    v.maxLength(50),
  ),
  descriptors: v.exactOptional(byKey(slug, shortText)),
  themes: v.pipe(v.array(slug), v.maxLength(30)),
});

const rules = v.looseObject({
  id: slug,
  softLimit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(40)),
});

const tool = v.looseObject({
  id: v.custom<ToolId>((id) => typeof id === 'string' && /^[a-z0-9@.-]{1,80}$/.test(id)),
  family: slug,
  name: v.pipe(line(120), v.minLength(1)),
  version: v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)),
  purpose: shortText,
  subject: v.picklist(['child', 'family', 'contact', 'assessment', 'carer', 'supervision', 'closure']),
  readBackMonths: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240)),
  judgeMonths: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240)),
  scale: v.looseObject({
    id: slug,
    grades: v.pipe(v.array(grade), v.minLength(2), v.maxLength(11)),
    goodOrBetter: v.array(slug),
  }),
  sections: v.pipe(v.array(section), v.maxLength(40)),
  voices: v.array(v.picklist(['practitioner', 'child', 'parent'])),
  overall: v.nullable(v.union([v.literal('given'), rules])),
});

/** A tool grades something: a section, or the whole as it is given. */
export const toolSchema: v.GenericSchema<unknown, Tool> = v.pipe(
  tool,
  v.check(({ sections, overall }) => sections.length > 0 || overall === 'given', 'grades nothing'),
);
