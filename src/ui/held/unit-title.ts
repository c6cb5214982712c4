/** What a part of a record is called, in words: a section by its title where its tool is known here. */
import type { Kind } from '../../domain/record.ts';
import { sectionById, type Tool } from '../../domain/tool.ts';
import { unitSubject } from '../../domain/unit-names.ts';
import type { ToolId } from '../../domain/ids.ts';
import { toolById, type Organisation } from '../data/organisation.ts';
import { words } from '../words.ts';

export function unitTitle(kind: Kind, unit: string, tool: Tool | undefined): string {
  const { thisLaptop: text } = words;
  const family = unit.split(':')[0] ?? unit;
  const name = text.units[family] ?? text.other;
  if (!unit.includes(':')) return kind === 'audit' || text.units[family] ? name : (text.kinds[kind] ?? text.other);
  const section = tool && sectionById(tool, unitSubject(unit))?.title;
  return `${name} (${section ?? unitSubject(unit)})`;
}

/** The tool of an audit, or, of an audit that is not here any more, a tool that has the section which was written. */
export const toolFor = (organisation: Organisation, id: ToolId | null | undefined, unit: string): Tool | undefined =>
  toolById(organisation, id) ??
  organisation.tools.find((tool) => unit.includes(':') && sectionById(tool, unitSubject(unit)) !== undefined);
