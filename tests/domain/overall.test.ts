import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale, type Scale } from '../../src/domain/grade.ts';
import type { ToolId } from '../../src/domain/ids.ts';
import { mayChoose, suggestOverall, type OverallResult, type SectionResult } from '../../src/domain/overall.ts';
import type { Tool } from '../../src/domain/tool.ts';
import { earlyHelp } from '../../src/domain/tools/early-help.ts';
import { sure } from './any.ts';

const test = suite('the overall grade');

/** A tool with one section per letter: `!` before it makes it critical, `?` lets it be not applicable. */
function toolOf(sections: string, scale: Scale = ofstedScale, softLimit = 2): Tool {
  return {
    ...earlyHelp,
    id: 'made@1.0.0' as ToolId,
    scale,
    overall: { id: 'rules', softLimit },
    sections: sections.split(' ').map((mark) => ({
      id: mark.replace(/[!?]/g, ''),
      title: mark,
      critical: mark.includes('!'),
      mayBeNotApplicable: mark.includes('?'),
      prompts: [],
      checks: [],
      themes: [],
    })),
  };
}

const names: Record<string, string> = {
  O: 'outstanding',
  G: 'good',
  R: 'requires-improvement',
  I: 'inadequate',
};
const given = (mark: string): SectionResult => ({ grade: names[mark] ?? null, notApplicable: mark === 'x' });
/** Results by section in order: O G R I, `x` not applicable, `-` nothing yet. */
const results = (tool: Tool, marks: string): Record<string, SectionResult> =>
  Object.fromEntries(tool.sections.map(({ id }, i) => [id, given(marks[i] ?? '-')]));

const five = toolOf('!a b? c d e');
const cases: [
  why: string,
  tool: Tool,
  marks: string,
  suggested: string | null,
  rule: string,
  cap: string | null,
  hard: boolean,
][] = [
  ['the median of an odd number', five, 'GGGRR', 'G', 'median', null, false],
  ['the median of an odd number, other side', five, 'GGRRR', 'R', 'median', null, false],
  ['a tie goes to the worse', toolOf('a b c d'), 'GGRR', 'R', 'median', null, false],
  ['a tie of outstanding and good is good', toolOf('a b c d'), 'OOGG', 'G', 'median', null, false],
  ['not applicable counts for nothing', five, 'GxGRR', 'R', 'median', null, false],
  ['one graded section alone', toolOf('a? b?'), 'Rx', 'R', 'median', null, false],
  ['an inadequate critical section decides', five, 'IOOOO', 'I', 'critical-section', 'I', true],
  [
    'an inadequate critical section decides also where the median agrees',
    five,
    'IIIII',
    'I',
    'critical-section',
    'I',
    true,
  ],
  ['one inadequate section limits to requires improvement', five, 'GGGGI', 'R', 'one-worst', 'R', false],
  ['one inadequate section, median already there', five, 'RRRGI', 'R', 'median', 'R', false],
  ['two inadequate sections limit to inadequate', five, 'GGGII', 'I', 'several-worst', 'I', false],
  ['three inadequate sections, median already there', five, 'GGIII', 'I', 'median', 'I', false],
  [
    'a soft limit of three lets two through as one',
    toolOf('a b c d e', ofstedScale, 3),
    'GGGII',
    'R',
    'one-worst',
    'R',
    false,
  ],
  ['a soft limit of one needs one', toolOf('a b c', ofstedScale, 1), 'GGI', 'I', 'several-worst', 'I', false],
  ['outstanding with half and none below good', five, 'OOOGG', 'O', 'median', null, false],
  ['outstanding all through', five, 'OOOOO', 'O', 'median', null, false],
  ['outstanding with one below good is good', five, 'OOOGR', 'G', 'best-below-good', 'G', false],
  ['an inadequate section weighs more than “none below good”', five, 'OOOOI', 'R', 'one-worst', 'R', false],
  ['nothing graded, nothing waiting', toolOf('a? b?'), 'xx', null, '', null, false],
  ['a section still waiting', five, 'GGG-G', null, '', null, false],
  ['a hard limit binds before all is graded', five, 'I----', null, 'critical-section', 'I', true],
];
for (const [why, tool, marks, suggested, rule, cap, hard] of cases) {
  test(`${why}: ${marks} gives ${suggested ?? 'nothing'}`, () => {
    const { waitingFor, ...result } = suggestOverall(tool, results(tool, marks));
    assert.equal(result, {
      suggested: suggested === null ? null : names[suggested],
      rule,
      cap: cap === null ? null : names[cap],
      hard,
    });
    assert.is(waitingFor.length > 0, marks.includes('-'));
  });
}

test('waits for sections without an entry, with an unknown grade, or wrongly marked not applicable', () => {
  const tool = toolOf('a b? c d');
  const sections = {
    a: { grade: 'excellent', notApplicable: false },
    b: { grade: 'good', notApplicable: true },
    c: { grade: 'good', notApplicable: true },
  };
  assert.equal(suggestOverall(tool, sections).waitingFor, ['a', 'c', 'd']);
});

test('is off for a tool without overall rules', () => {
  const tool = { ...five, overall: null };
  const result = suggestOverall(tool, results(tool, 'IIIII'));
  assert.equal(result, { suggested: null, rule: '', cap: null, hard: false, waitingFor: [] });
  assert.is(mayChoose(result, tool, 'good', 'why'), 'no-overall');
});

test('works on any scale: two grades, and the eleven of Signs of Safety', () => {
  const yesNo = scaleOf(['yes', 'no'], ['yes']);
  const two = toolOf('a b c', yesNo);
  const yes = { grade: 'yes', notApplicable: false };
  const no = { grade: 'no', notApplicable: false };
  assert.is(suggestOverall(two, { a: yes, b: yes, c: yes }).suggested, 'yes');
  assert.equal(suggestOverall(two, { a: yes, b: yes, c: no }), {
    suggested: 'no',
    rule: 'best-below-good',
    cap: 'no',
    hard: false,
    waitingFor: [],
  });
  const safety = scaleOf(
    Array.from({ length: 11 }, (_, i) => String(10 - i)),
    ['10', '9', '8', '7'],
  );
  const eleven = toolOf('a b c', safety);
  const rated = (a: string, b: string, c: string): OverallResult =>
    suggestOverall(
      eleven,
      Object.fromEntries(Object.entries({ a, b, c }).map(([id, grade]) => [id, { grade, notApplicable: false }])),
    );
  assert.is(rated('10', '10', '7').suggested, '10');
  assert.equal([rated('10', '10', '6').suggested, rated('10', '10', '6').rule], ['9', 'best-below-good']);
  assert.equal([rated('8', '9', '0').suggested, rated('8', '9', '0').rule], ['1', 'one-worst']);
});

function scaleOf(ids: readonly string[], goodOrBetter: readonly string[]): Scale {
  const grades = ids.map((id) => ({ id, name: id, short: id, key: '1', descriptor: '' }));
  return { id: 'made', grades, goodOrBetter };
}

const anyMarks = fc.array(fc.constantFrom('O', 'G', 'R', 'I', 'x'), { minLength: 5, maxLength: 5 });
const optional = toolOf('!a? b? c? d? e?');
const order = ['outstanding', 'good', 'requires-improvement', 'inadequate'];
const rank = (grade: string | null): number => (grade === null ? -1 : order.indexOf(grade));

test('never suggests above its cap, and never better than the median or outside the scale', () => {
  fc.assert(
    fc.property(anyMarks, (marks) => {
      const { suggested, cap, hard, waitingFor } = suggestOverall(optional, results(optional, marks.join('')));
      assert.equal(waitingFor, []);
      const ranks = marks
        .flatMap((mark) => (mark === 'x' ? [] : [order.indexOf(sure(names[mark]))]))
        .sort((a, b) => a - b);
      if (ranks.length === 0) return assert.is(suggested, null);
      assert.ok(order.includes(sure(suggested)));
      assert.ok(rank(suggested) >= sure(ranks[Math.floor(ranks.length / 2)]));
      assert.ok(cap === null || rank(suggested) >= rank(cap));
      assert.is(hard, marks[0] === 'I');
    }),
  );
});

const suggested = (marks: readonly string[]): OverallResult =>
  suggestOverall(optional, results(optional, marks.join('')));

test('never improves when a section gets worse, and does not depend on the order of the sections after the critical', () => {
  fc.assert(
    fc.property(anyMarks, fc.nat({ max: 4 }), (marks, at) => {
      const graded = marks.map((mark) => (mark === 'x' ? 'G' : mark));
      const worse = graded.map((mark, i) => (i === at ? ({ O: 'G', G: 'R', R: 'I', I: 'I' }[mark] ?? 'I') : mark));
      const [before, after] = [suggested(graded), suggested(worse)];
      assert.ok(rank(after.suggested) >= rank(before.suggested), `${graded.join('')} to ${worse.join('')}`);
      assert.equal(suggested([...graded.slice(0, 1), ...graded.slice(1).reverse()]), before);
    }),
  );
});

const choices: [marks: string, chosen: string, reason: string, problem: string | null][] = [
  ['GGGRR', 'good', '', null],
  ['GGGRR', 'requires-improvement', '', 'reason-needed'],
  ['GGGRR', 'requires-improvement', '  \n', 'reason-needed'],
  ['GGGRR', 'requires-improvement', 'The plan came too late.', null],
  ['GGGRR', 'outstanding', 'Because.', null],
  ['GGGGI', 'good', 'The one section is out of date.', null],
  ['IOOOO', 'inadequate', '', null],
  ['IOOOO', 'requires-improvement', 'Because.', 'above-hard-limit'],
  ['IOOOO', 'outstanding', 'Because.', 'above-hard-limit'],
  ['GGG-G', 'good', 'Because.', 'sections-missing'],
  ['GGGRR', 'excellent', 'Because.', 'not-of-scale'],
];
for (const [marks, chosen, reason, problem] of choices) {
  test(`choosing ${chosen} on ${marks} ${reason.trim() === '' ? 'without' : 'with'} a reason is ${problem ?? 'allowed'}`, () =>
    assert.is(mayChoose(suggestOverall(five, results(five, marks)), five, chosen, reason), problem));
}

test('a given overall grade is suggested by nothing, limited by nothing and any grade of the scale', () => {
  const asGiven: Tool = { ...five, overall: 'given' };
  const result = suggestOverall(asGiven, results(asGiven, 'I----'));
  assert.equal(result, { suggested: null, rule: '', cap: null, hard: false, waitingFor: [] });
  assert.is(mayChoose(result, asGiven, 'outstanding', ''), null);
  assert.is(mayChoose(result, asGiven, 'excellent', ''), 'not-of-scale');
  assert.is(mayChoose(result, { ...asGiven, overall: null }, 'good', ''), 'no-overall');
});

test.run();
