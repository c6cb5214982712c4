/** What the QA lead does to an audit: allocates it, and some of them extends, exempts or voids. */
import type { AllocationValue, CaseValue, EventValue } from '../values.ts';
import { addDays } from './calendar.ts';
import { teamId } from './cast.ts';
import type { Maker, Step } from './life.ts';
import { serviceId } from './organisation.ts';
import { exemptionReasons, extensionReasons, voidReasons } from './stock/general.ts';
import { say, type Pen } from './writing.ts';

const extensionDays = 14;

export function allocationSteps(maker: Maker): readonly Step[] {
  const { audit, cast, edit, step } = maker;
  const { reference, ageBand, allocatedMs, fate, due, service } = audit;
  const { qaLead, director } = cast;
  const about: CaseValue = { reference, initials: null, ageBand, header: {} };
  const allocation = allocationOf(maker);
  const allocating = step(qaLead, allocatedMs, () => [edit('case', about), edit('allocation', allocation)]);
  const changing = (atMs: number, change: (pen: Pen) => Partial<AllocationValue>): Step =>
    step(qaLead, atMs, (pen) => [edit('allocation', { ...allocation, ...change(pen) })]);
  switch (fate.kind) {
    case 'ordinary':
      return [allocating];
    case 'extended': {
      const extension = (pen: Pen): Partial<AllocationValue> => ({
        extendedTo: addDays(due, extensionDays),
        extensionApprover: cast.leadOf(service.key).id,
        extensionReason: say(extensionReasons, pen),
      });
      return [allocating, changing(fate.atMs, extension)];
    }
    case 'exempt': {
      const exemption = (pen: Pen): Partial<AllocationValue> => ({
        exempt: true,
        exemptionApprover: director.id,
        exemptionReason: say(exemptionReasons, pen),
      });
      return [allocating, changing(fate.atMs, exemption)];
    }
    case 'voided': {
      const event = (pen: Pen): EventValue => ({ by: qaLead.id, at: fate.atMs, reason: say(voidReasons, pen) });
      return [allocating, step(qaLead, fate.atMs, (pen) => [edit('voided', event(pen))])];
    }
    default:
      return fate satisfies never;
  }
}

function allocationOf({ audit, idOf }: Maker): AllocationValue {
  const { tool, service, team, auditor, moderator, due, selection } = audit;
  return {
    tool: tool.id,
    service: serviceId(idOf, service.key),
    team: teamId(idOf, team.name),
    auditor: auditor.id,
    moderator: moderator?.id ?? null,
    due,
    selection,
    cycle: null,
    extendedTo: null,
    extensionApprover: null,
    extensionReason: '',
    exempt: false,
    exemptionApprover: null,
    exemptionReason: '',
  };
}
