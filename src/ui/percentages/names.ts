/** What the groups of an answer are called, and the order they are shown in. */
import type { ToolId, PersonId, ServiceId, TeamId } from '../../domain/ids.ts';
import type { Dimension, SummaryGroup } from '../../domain/summary.ts';
import type { Tool } from '../../domain/tool.ts';
import { personById, serviceById, teamById, toolById, type Organisation } from '../data/organisation.ts';
import { monthText } from '../format.ts';
import type { Choice } from '../parts/choice.ts';
import { percentages as say } from '../words/percentages.ts';

/** The name of a group: of a service, a team, a month... ; null is the group of audits that name none. */
export function groupName(by: Dimension, key: string | null, organisation: Organisation): string {
  if (key === null) return say.unnamed[by];
  switch (by) {
    case 'service':
      return serviceById(organisation, key as ServiceId)?.name ?? say.unknown.service;
    case 'team':
      return teamById(organisation, key as TeamId)?.name ?? say.unknown.team;
    case 'auditor':
      return personById(organisation, key as PersonId)?.name ?? say.unknown.auditor;
    case 'tool':
      return toolById(organisation, key as ToolId)?.name ?? say.unknown.tool;
    case 'section':
      return sectionName(key, organisation.tools);
    case 'month':
      return monthText(key);
    default:
      return by satisfies never;
  }
}

/** The title of a section, with its tools where several tools call different sections the same. */
export function sectionName(id: string, tools: readonly Tool[]): string {
  const title = tools.flatMap((tool) => tool.sections).find((section) => section.id === id)?.title;
  if (title === undefined) return say.unknown.section;
  const sameTitle = new Set(
    tools.flatMap((tool) => tool.sections.filter((section) => section.title === title)).map((section) => section.id),
  );
  if (sameTitle.size < 2) return title;
  const of = tools.filter((tool) => tool.sections.some((section) => section.id === id)).map((tool) => tool.name);
  return say.sectionOf(title, [...new Set(of)]);
}

/** The sections to choose from, under the name of their tool: of every tool, or of the one chosen. */
export function sectionChoices(tools: readonly Tool[], chosen: ToolId | ''): readonly Choice[] {
  const offered = tools
    .filter((tool) => chosen === '' || tool.id === chosen)
    .flatMap((tool) => tool.sections.map(({ id, title }) => ({ value: id, label: title, group: tool.name })));
  // Two versions of a tool share sections, and a figure by section counts both.
  return offered.filter(({ value }, at) => offered.findIndex((choice) => choice.value === value) === at);
}

/** A group of an answer with what it is called. */
export interface NamedGroup {
  readonly name: string;
  readonly group: SummaryGroup;
}

/** The groups of an answer as they are shown. */
export const namedGroups = (
  groups: readonly SummaryGroup[],
  by: Dimension,
  organisation: Organisation,
): readonly NamedGroup[] =>
  inOrder(groups, by, organisation).map((group) => ({ name: groupName(by, group.key, organisation), group }));

/** Months in order of time, sections in the order of their tools, everything else by name; those that name none last. */
function inOrder(groups: readonly SummaryGroup[], by: Dimension, organisation: Organisation): readonly SummaryGroup[] {
  const sections = organisation.tools.flatMap((tool) => tool.sections.map(({ id }) => id));
  const place = ({ key }: SummaryGroup): string => {
    if (key === null) return '';
    if (by === 'month') return key;
    if (by === 'section') return String(sections.indexOf(key) + 1 || sections.length + 1).padStart(4, '0');
    return groupName(by, key, organisation);
  };
  return [...groups].sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
    return place(a).localeCompare(place(b), 'en-GB', { numeric: true });
  });
}
