import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { references, retold, type Referent } from '../../../src/domain/bring-in/references.ts';
import { fieldClasses } from '../../../src/domain/fields.ts';

const test = suite('what names somebody elsewhere');
const here = (what: Referent, id: string): string | null => (id === 'gone' ? null : `${what} ${id}`);

test('a value is told with every name as it is called here, and is otherwise word for word what it was', () => {
  const allocation = {
    tool: 't',
    service: 's',
    team: 'm',
    auditor: 'a',
    moderator: null,
    due: '2026-01-01',
    cycle: 'c',
    exempt: false,
    exemptionApprover: 'b',
    exemptionReason: 'a b s t m',
  };
  assert.equal(retold('audit', 'allocation', allocation, here), {
    ok: true,
    value: {
      ...allocation,
      tool: 'tool t',
      service: 'service s',
      team: 'team m',
      auditor: 'person a',
      exemptionApprover: 'person b',
    },
  });
  assert.equal(retold('audit', 'section:risk', { grade: 'good', evidence: 's' }, here), {
    ok: true,
    value: { grade: 'good', evidence: 's' },
  });
});

test('one name that is nobody here is said, and nothing of the value is told', () => {
  assert.equal(retold('audit', 'allocation', { tool: 't', team: 'gone' }, here), { ok: false, missing: 'team' });
  assert.equal(retold('audit', 'submitted', { by: 'gone', at: 1 }, here), { ok: false, missing: 'person' });
  assert.equal(retold('team', 'profile', { service: 'gone' }, here), { ok: false, missing: 'service' });
});

test('a name that objects inherit is no reference', () => {
  assert.equal(retold('audit', 'constructor', {}, here), { ok: true, value: {} });
  assert.equal(retold('toString', 'case', { service: 's' }, here), { ok: true, value: { service: 's' } });
});

/** Plain fields that name no service, team, tool or person; roles are never brought in. */
const plainAndNoName = new Set(
  `due selection cycle extendedTo exempt grade notApplicable answers suggested chosen rule obtained import line day at from to
   grants digest rows on wholeCase months cycles laptopDays certificate kept unit
   audits changes place head`.split(/\s+/),
);

test('every plain field is known to name somebody or not to', () => {
  for (const [kind, families] of Object.entries(fieldClasses)) {
    for (const [family, fields] of Object.entries(families as Record<string, Record<string, string>>)) {
      const named = (references as Record<string, Record<string, object>>)[kind]?.[family] ?? {};
      for (const [field, how] of Object.entries(fields)) {
        if (how !== 'plain') continue;
        assert.is.not(field in named, plainAndNoName.has(field), `${kind} ${family} ${field}`);
      }
    }
  }
});

test.run();
