/**
 * The tool of an import: its sections are the graded columns of the file, its overall grade is given and no rule suggests
 * one. Nobody grades with it here, so it has no checks, prompts or voices.
 */
import type { Scale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import type { Section, Tool } from '../tool.ts';

/** The family of every tool that an import made. */
export const importedFamily = 'imported';

export const isImportedTool = ({ family }: Tool): boolean => family === importedFamily;

/** A graded column as a section is made of it. */
export interface SectionColumn {
  readonly heading: string;
  readonly title: string;
}

export interface WantedTool {
  readonly name: string;
  readonly scale: Scale;
  /** Without the column of the overall grade. */
  readonly columns: readonly SectionColumn[];
  readonly hasOverall: boolean;
}

/** The most sections a tool may have; the schema says the same. */
export const mostSections = 40;

/** `reserved`: ids of sections that other tools have, which mean something else. */
export function importedTool(id: ToolId, wanted: WantedTool, reserved: ReadonlySet<string>): Tool {
  const { name, scale, columns, hasOverall } = wanted;
  const ids = sectionIds(
    columns.map(({ heading }) => heading),
    reserved,
  );
  return {
    id,
    family: importedFamily,
    name,
    version: '1.0.0',
    purpose: '',
    subject: 'child',
    readBackMonths: 0,
    judgeMonths: 0,
    scale,
    sections: columns.map(({ title }, at) => sectionOf(ids[at] ?? '', title)),
    voices: [],
    overall: hasOverall ? 'given' : null,
  };
}

const sectionOf = (id: string, title: string): Section => ({
  id,
  title,
  critical: false,
  mayBeNotApplicable: true,
  prompts: [],
  checks: [],
  themes: [],
});

/** The tool of an earlier import with the same columns, titles and scale, whatever it is called. */
export const sameTool = (tools: readonly Tool[], wanted: Tool): Tool | undefined =>
  tools.find((tool) => isImportedTool(tool) && fingerprint(tool) === fingerprint(wanted));

const fingerprint = ({ scale, sections, overall }: Tool): string =>
  JSON.stringify([scale.id, overall, sections.map(({ id, title }) => [id, title])]);

/** Ids for columns from their headings, each another and none reserved. The same headings give the same ids. */
export function sectionIds(headings: readonly string[], reserved: ReadonlySet<string>): readonly string[] {
  const taken = new Set(reserved);
  return headings.map((heading) => {
    const slug = slugOf(heading);
    let id = slug;
    for (let number = 2; taken.has(id); number += 1) id = `${slug}-${number}`;
    taken.add(id);
    return id;
  });
}

/** Leaves room for a number behind it. */
const longestSlug = 56;

function slugOf(heading: string): string {
  const slug = heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-|-$/g, '');
  return slug === '' ? 'column' : slug;
}
