/** The made-up authority of the pictures: two services with four teams, and 64 audits of the last half year. */
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import { earlyHelp } from '../../../src/domain/tools/early-help.ts';
import type { Tool } from '../../../src/domain/tool.ts';
import { newId, type Edit } from '../../server/client.ts';
import { grant, type Made, type MadeAuthority } from './authority.ts';

/** The same numbers at each run: a small linear congruential generator. */
function repeatable(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** A submitted audit of one month, with grades drawn around a service's level. */
function submittedAudit(
  below: (n: number) => number,
  {
    tool,
    service,
    team,
    auditor,
    monthsAgo,
    level,
  }: { tool: Tool; service: Made; team: Made; auditor: Made; monthsAgo: number; level: number },
): Edit[] {
  const id = newId();
  const grades = tool.scale.grades.map(({ id: grade }) => grade);
  const draw = (): string => grades[Math.min(3, Math.max(0, level + below(3) - 1))] ?? 'good';
  const at = Date.now() - monthsAgo * 30 * 86_400_000 - below(20) * 86_400_000;
  const sections = tool.sections.map((section): Edit => {
    const value = {
      grade: draw(),
      notApplicable: false,
      notApplicableReason: '',
      evidence: 'Made up.',
      rationale: 'Made up.',
    };
    return { record: id, kind: 'audit', unit: `section:${section.id}`, value };
  });
  const place = { tool: tool.id, service: service.id, team: team.id, auditor: auditor.id, moderator: null };
  const chosen = draw();
  return [
    {
      record: id,
      kind: 'audit',
      unit: 'case',
      value: { reference: String(100_000 + below(90_000)), initials: null, ageBand: null, header: {} },
    },
    {
      record: id,
      kind: 'audit',
      unit: 'allocation',
      value: {
        ...place,
        due: null,
        selection: 'random',
        cycle: null,
        extendedTo: null,
        extensionApprover: null,
        extensionReason: '',
        exempt: false,
        exemptionApprover: null,
        exemptionReason: '',
      },
    },
    ...sections,
    { record: id, kind: 'audit', unit: 'overall', value: { suggested: chosen, chosen, rule: 'median', reason: '' } },
    { record: id, kind: 'audit', unit: 'submitted', value: { by: auditor.id, at, reason: '' } },
  ];
}

export interface PictureAuthority {
  readonly teams: readonly {
    readonly service: Made;
    readonly team: Made;
    readonly tool: Tool;
    readonly level: number;
  }[];
  readonly assessment: Made;
  readonly help: Made;
}

export async function fillForPictures(authority: MadeAuthority): Promise<PictureAuthority> {
  const below = repeatable(7);
  const assessment = await authority.addService('Assessment Service');
  const help = await authority.addService('Early Help');
  const teams = [
    {
      service: assessment,
      team: await authority.addTeam(assessment, 'Assessment Team 1'),
      tool: assessmentService,
      level: 2,
    },
    {
      service: assessment,
      team: await authority.addTeam(assessment, 'Assessment Team 2'),
      tool: assessmentService,
      level: 1,
    },
    { service: help, team: await authority.addTeam(help, 'Early Help North'), tool: earlyHelp, level: 1 },
    { service: help, team: await authority.addTeam(help, 'Early Help South'), tool: earlyHelp, level: 1 },
  ];
  // The lead QA person is an auditor too here, so that one hand may write every audit.
  const { person } = authority.qaLead.session;
  await authority.write({
    record: person,
    kind: 'person',
    unit: 'roles',
    value: { grants: [grant('qa-lead'), grant('auditor')] },
  });
  const self = { id: person, name: authority.qaLead.session.name };
  for (let n = 0; n < 64; n += 1) {
    const at = teams[n % teams.length];
    if (at === undefined) continue;
    await authority.write(...submittedAudit(below, { ...at, auditor: self, monthsAgo: below(6) }));
  }
  return { teams, assessment, help };
}
