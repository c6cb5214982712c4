/**
 * What a laptop and the server say to each other about held changes (protocol: Held). Promises:
 *  - asked only while something is kept or was decided here: a laptop whose work was all accepted asks nothing
 *  - an answer that leaves out a group ends it: nothing that was told counts as heard without the server's word for it
 *  - what the server has no room for stays here and is told again; what it has to say of the rest is heard all the same
 *  - a content that the server cannot read is left out of what is told: the decision itself is always heard
 */
import type { SyncProblem } from '../../src/protocol/problem.ts';
import {
  heldAskLimit,
  heldToldLimit,
  type HeldAsked,
  type HeldKey,
  type HeldReply,
  type HeldTold,
} from '../../src/protocol/held.ts';
import type { Run } from './cycle.ts';

/**
 * Tells what was decided here and hears what was decided elsewhere. Answers the problem that ended it, or null. `whole`: a content
 * that the server cannot read is such a problem, since nothing else has it.
 */
export async function exchangeHeld(run: Run, how: 'whole' | 'readable' = 'readable'): Promise<SyncProblem | null> {
  const { told, ask } = await run.disk(() => run.store.heldToAsk());
  let full: SyncProblem | null = null;
  for (const some of toldPieces(told, run.line.push.limit())) {
    let problem = await say(run, { told: some, ask: [] });
    if (problem?.kind === 'bad-request' || problem?.kind === 'too-much-discarded')
      problem = await sayEach(run, some, how);
    if (problem?.kind === 'too-much-discarded') {
      full = problem;
      break;
    }
    if (problem !== null) return problem;
  }
  for (let at = 0; at < ask.length; at += heldAskLimit) {
    const problem = await say(run, { told: [], ask: ask.slice(at, at + heldAskLimit) });
    if (problem !== null) return problem;
  }
  return full;
}

async function say(run: Run, asked: HeldAsked): Promise<SyncProblem | null> {
  const reply = await run.ask((signal, device) => run.remote.held(signal, device, asked));
  if (!reply.ok) return reply.problem;
  const { value } = reply.value;
  if (!answersAll(asked, value)) return { kind: 'not-our-server' };
  await run.disk(() => run.store.takeHeld(value));
  return null;
}

async function sayEach(run: Run, told: readonly HeldTold[], how: 'whole' | 'readable'): Promise<SyncProblem | null> {
  for (const one of told) {
    let problem = await say(run, { told: [one], ask: [] });
    if (problem?.kind === 'bad-request' && how === 'readable')
      problem = await say(run, { told: [{ ...one, content: [] }], ask: [] });
    if (problem !== null) return problem;
  }
  return null;
}

/** As many together as the line carries, each with its content; a larger one goes alone. */
function toldPieces(told: readonly HeldTold[], maxBytes: number): HeldTold[][] {
  const pieces: HeldTold[][] = [];
  let bytes = 0;
  for (const one of told) {
    const size = JSON.stringify(one).length;
    const last = pieces.at(-1);
    const fits = last !== undefined && last.length < heldToldLimit && bytes + size <= maxBytes;
    if (fits) last.push(one);
    else pieces.push([one]);
    bytes = fits ? bytes + size : size;
  }
  return pieces;
}

function answersAll({ told, ask }: HeldAsked, { groups }: HeldReply): boolean {
  const keyText = ({ device, group }: HeldKey): string => `${device} ${group}`;
  const answered = new Set(groups.map(keyText));
  const heard = new Set(groups.filter(({ decision }) => decision !== null).map(keyText));
  return ask.every((key) => answered.has(keyText(key))) && told.every((key) => heard.has(keyText(key)));
}
