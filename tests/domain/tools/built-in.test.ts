import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { themeIds, type ThemeId } from '../../../src/domain/themes.ts';
import { sectionById, type Section } from '../../../src/domain/tool.ts';
import { builtInTool, builtInTools } from '../../../src/domain/tools/built-in.ts';
import { checksUnit, familyOf, sectionUnit } from '../../../src/domain/unit-names.ts';
import { groupLimitBytes } from '../../../src/protocol/op.ts';
import { checkValue } from '../../../src/protocol/values.ts';

const test = suite('built-in tools');

/** What the field asks each tool to judge: (!) is critical, (n.a.) may not apply, (impact) asks what difference it made. */
const contents: Readonly<Record<string, readonly string[]>> = {
  'Early Help': [
    'Consent and engagement',
    'Assessment',
    'Child’s voice',
    'My Family Plan',
    'Risk, step-up and step-down (!)',
    'Team around the family (n.a.)',
    'Intensity and quality of work',
    'Progress and closure (impact)',
    'Oversight and supervision',
  ],
  'Front Door (MACH)': [
    'Quality of referral received',
    'Screening and history',
    'Identifying and responding to risk (!) (impact)',
    'Partner information sharing',
    'Threshold decision',
    'Strategy meeting and section 47 decision (!) (n.a.)',
    'Timeliness and throughput',
    'Management oversight (impact)',
    'Child and family experience',
  ],
  'Assessment Service': [
    'Allocation and start',
    'Child seen and understood (!)',
    'History and chronology',
    'Risk and need analysis (!)',
    'Identity and diversity',
    'Parents, carers and partners',
    'Section 47 enquiry (!) (n.a.)',
    'Timeliness and recording',
    'Decision, plan and hand-over (impact)',
  ],
  'Child in Need': [
    'Reason and threshold',
    'Plan quality',
    'Safety and escalation (!)',
    'Visits and direct work',
    'Child’s voice and lived experience',
    'Multi-agency reviews',
    'Pace and progress (impact)',
    'Management oversight and supervision',
    'Ending and step-down (n.a.)',
  ],
  'Child Protection': [
    'Immediate and continuing safety (!)',
    'Conferences',
    'Child protection plan',
    'Core groups',
    'Visits and seeing the child (!)',
    'Child’s voice, lived experience and identity',
    'Analysis of change',
    'Escalation and legal planning',
    'Management oversight and supervision (impact)',
  ],
  'Children Looked After': [
    'Coming into care (n.a.)',
    'Safe, stable home (!)',
    'Care plan and permanence',
    'Visits and relationship',
    'Voice, rights and identity',
    'Health and well-being',
    'Education (n.a.)',
    'Reviews and independent reviewing officer',
    'Missing, exploitation and risk from contact (!) (n.a.)',
    'Oversight and impact (impact)',
  ],
  'Care Leavers': [
    'Keeping in touch',
    'Needs assessment and pathway plan',
    'Safety and risk (!)',
    'Home',
    'Education, employment and training',
    'Health and well-being',
    'Money and entitlements',
    'Relationships and identity',
    'Oversight, review and impact (impact)',
  ],
  'Any Case File': [
    'Child seen and heard (!)',
    'Safety (!)',
    'History and understanding',
    'Plan and review',
    'Help and relationships',
    'Identity and fairness',
    'Working together (n.a.)',
    'Pace, recording and oversight (impact)',
  ],
};

/** Themes that no section is about, and why; a finding may still be tagged with them by hand. */
const unusedThemes: Partial<Readonly<Record<ThemeId, string>>> = {
  'private-fostering': 'A duty with an audit of its own (DOMAIN 5, optional later); in a case file it is one question.',
  'designated-officer': 'Allegations against people who work with children have files of their own.',
};

const allSections = builtInTools.flatMap(({ sections }) => sections);
const allChecks = allSections.flatMap(({ checks }) => checks);
const allDescriptors = allSections.flatMap(({ descriptors }) => Object.values(descriptors ?? {}));
const impactPrompts = ({ prompts }: Section): number => prompts.filter(({ impact }) => impact === true).length;
const duplicates = (texts: readonly string[]): string[] => texts.filter((text, i) => texts.indexOf(text) !== i);

/** Letters and digits only, so that a text with another comma still counts as the same. */
const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, ' ');

test('are found by id, and nothing else is', () => {
  assert.equal(
    builtInTools.map(({ id }) => id),
    [
      'early-help@1.0.0',
      'front-door@1.0.0',
      'assessment-service@1.0.0',
      'child-in-need@1.0.0',
      'child-protection@1.0.0',
      'children-looked-after@1.0.0',
      'care-leavers@1.0.0',
      'general-practice@1.0.0',
    ],
  );
  for (const tool of builtInTools) assert.is(builtInTool(tool.id), tool);
  for (const id of ['early-help@1.0.1', 'early-help', '', null, undefined]) assert.is(builtInTool(id), undefined);
});

test('are called by different names, and share no section and no check, so that a figure never mixes two', () => {
  assert.equal(duplicates(builtInTools.map(({ name }) => name)), []);
  assert.equal(duplicates(allSections.map(({ id }) => id)), []);
  assert.equal(duplicates(allChecks.map(({ id }) => id)), []);
});

test('describe no two grades alike, in one section or in two', () => {
  assert.equal(duplicates(allDescriptors.map(bare)), []);
});

test('use every theme, but for those that are no part of a case file', () => {
  const used = new Set(allSections.flatMap(({ themes }) => themes));
  const unused = themeIds.filter((theme) => !used.has(theme));
  assert.equal(unused.sort(), Object.keys(unusedThemes).sort());
});

test('ask for a date where it matters when a child was seen', () => {
  const dates = allChecks.filter(({ answer }) => answer === 'date').map(({ id }) => id);
  assert.equal(dates, [
    'strategy-child-seen',
    'child-seen',
    'child-seen-alone',
    'cin-last-seen-alone',
    'cp-last-seen-alone',
    'cla-last-seen-alone',
    'leaver-last-seen',
    'case-last-seen',
  ]);
});

for (const tool of builtInTools) {
  const { name, sections, scale } = tool;

  test(`${name} passes the schema that any tool must pass, within the size of one change`, () => {
    assert.is(checkValue('tool', 'definition', { tool }), null);
    assert.ok(Buffer.byteLength(JSON.stringify(tool)) < groupLimitBytes / 2);
    assert.is(tool.version, '1.0.0');
    assert.is(tool.id, `${tool.family}@${tool.version}`);
  });

  test(`${name} judges what the field asks it to`, () => {
    const marked = sections.map((section) =>
      [
        section.title,
        ...(section.critical ? ['(!)'] : []),
        ...(section.mayBeNotApplicable ? ['(n.a.)'] : []),
        ...(impactPrompts(section) > 0 ? ['(impact)'] : []),
      ].join(' '),
    );
    assert.equal(marked, contents[name]);
    assert.ok(sections.length >= 6 && sections.length <= 10);
    assert.ok(sections.some(({ critical }) => critical));
  });

  test(`${name} has sections whose ids name units`, () => {
    assert.equal(duplicates(sections.map(({ title }) => title)), []);
    for (const { id, checks } of sections) {
      assert.is(familyOf('audit', sectionUnit(id)), 'section:*');
      assert.is(familyOf('audit', checksUnit(id)), 'checks:*');
      assert.is(sectionById(tool, id)?.id, id);
      for (const check of [id, ...checks.map((one) => one.id)]) assert.match(check, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  test(`${name} has 3 to 6 prompts a section, each a question of its own, and at most one on impact`, () => {
    for (const section of sections) {
      const { id, prompts } = section;
      assert.ok(prompts.length >= 3 && prompts.length <= 6, id);
      assert.equal(duplicates(prompts.map(({ text }) => bare(text))), [], id);
      for (const { text } of prompts) assert.match(text, /^[A-Z][^\n]{20,138}\?$/);
      assert.ok(impactPrompts(section) <= 1, id);
    }
  });

  test(`${name} has checks that can be read at a glance, as a statement and not a question`, () => {
    for (const { text } of sections.flatMap(({ checks }) => checks)) assert.match(text, /^[A-Z][^\n?.]{10,98}$/);
  });

  test(`${name} describes every grade of every section, in one or two sentences that fit a card`, () => {
    const grades = scale.grades.map(({ id }) => id).sort();
    for (const { id, descriptors = {} } of sections) {
      assert.equal(Object.keys(descriptors).sort(), grades, id);
      for (const text of Object.values(descriptors)) {
        assert.match(text, /^[A-Z][^.\n]+\.( [A-Z][^.\n]+\.)?$/);
        assert.ok(text.length >= 60 && text.length <= 200, `${id}: ${text}`);
      }
    }
  });

  test(`${name} tags every section with built-in themes, none twice`, () => {
    for (const { id, themes } of sections) {
      assert.ok(themes.length > 0 && themes.length <= 5, id);
      assert.equal(duplicates(themes), [], id);
      assert.ok(
        themes.every((theme) => (themeIds as readonly string[]).includes(theme)),
        id,
      );
    }
  });

  test(`${name} hears practitioner, child and parent, and has overall rules`, () => {
    assert.equal(tool.voices, ['practitioner', 'child', 'parent']);
    assert.equal(tool.overall, { id: 'overall-rules-1', softLimit: 2 });
    assert.equal([tool.readBackMonths, tool.judgeMonths], [12, 6]);
    assert.match(tool.purpose, / Read back 12 months; judge the last 6\.$/);
  });

  test(`${name} names no person and asks for none`, () => {
    assert.not(/child’s name|full name|date of birth/i.test(JSON.stringify(tool)));
  });
}

test.run();
