/** Where an audit stands, in one word and a colour, the same in every list. */
import type { AuditState } from '../../domain/audit.ts';
import { Tag, type TagColour } from '../parts/tag.tsx';
import { words } from '../words.ts';

const colours: Readonly<Record<AuditState, TagColour>> = {
  allocated: 'grey',
  'in progress': 'blue',
  'awaiting moderation': 'purple',
  final: 'green',
  voided: 'red',
};

interface StateTagProps {
  readonly state: AuditState;
  readonly exempt: boolean;
}

export function StateTag({ state, exempt }: StateTagProps) {
  return <Tag colour={colours[state]}>{exempt ? words.names.exempt : words.names.auditStates[state]}</Tag>;
}
