import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkValue } from '../../../src/protocol/values.ts';
import { blankCase } from '../../../src/ui/audit-form/blank-values.ts';
import { caseLineProblem, oneLine, type CaseLine } from '../../../src/ui/audit-form/case-lines.ts';

const test = suite('the lines of a case');

const lines: readonly CaseLine[] = ['reference', 'initials'];

test('what the form takes is what may be kept, and what it refuses may not', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 70 }), fc.string({ maxLength: 8 }));
  fc.assert(
    fc.property(anyText, fc.constantFrom(...lines), (text, line) => {
      const value = { ...blankCase, reference: 'A1', [line]: oneLine(text) };
      assert.is(caseLineProblem(line, text) === null, checkValue('audit', 'case', value) === null);
    }),
    { numRuns: 500 },
  );
});

test('a reference is never empty, also of spaces; initials may be', () => {
  assert.is(caseLineProblem('reference', ' \n'), 'Enter the case reference');
  assert.is(caseLineProblem('initials', ''), null);
  assert.is(oneLine('  77\u0000 120\n'), '77 120');
});

test('each line has its limit', () => {
  assert.is(caseLineProblem('reference', 'x'.repeat(60)), null);
  assert.is(caseLineProblem('reference', 'x'.repeat(61)), 'The case reference must be 60 characters or fewer');
  assert.is(caseLineProblem('initials', ' abcdef '), null);
  assert.is(caseLineProblem('initials', 'abcdefg'), 'Initials must be 6 characters or fewer');
});

test.run();
