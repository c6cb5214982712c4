/** The simulator itself: a seed is a run that can be had again, and what it finds can be shown short. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runSchedule, scheduleOf, type Ended } from './run-schedule.ts';
import { shrink } from './shrink.ts';
import { makeTemplate, type Template } from './template.ts';

const test = suite<{ template: Template }>('the simulator');
test.before(async (context) => {
  context.template = await makeTemplate();
});
test.after(({ template }) => template.database.close());

for (const seed of ['one', 'two', 'three']) {
  test(`the seed ${seed} gives the same run each time, to the last line of its trace`, async ({ template }) => {
    const [first, second] = [
      await runSchedule(template, scheduleOf(seed)),
      await runSchedule(template, scheduleOf(seed)),
    ];
    assert.is(first.violation, null);
    assert.ok(first.trace.length > 50);
    assert.equal(second.trace, first.trace);
    assert.is(second.hash, first.hash);
  });
}

test('two seeds give two runs', async ({ template }) => {
  const [one, two] = [await runSchedule(template, scheduleOf('one')), await runSchedule(template, scheduleOf('two'))];
  assert.is.not(one.hash, two.hash);
});

test('a failing schedule is shortened to the steps that it takes', async () => {
  const whole = scheduleOf('long');
  const culprit = whole.steps.at(7);
  const run = async ({ steps }: typeof whole): Promise<Ended> => ({
    violation: culprit !== undefined && steps.includes(culprit) ? { oracle: 'made up', what: '' } : null,
    ops: 0,
    decided: 0,
    faults: new Map(),
    trace: [],
    hash: '',
  });
  assert.equal((await shrink(whole, 'made up', run)).steps, [culprit]);
});

test.run();
