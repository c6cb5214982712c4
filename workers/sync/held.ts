/**
 * What a laptop and the server say to each other about held changes (protocol: Held). Promises:
 *  - asked only while something is kept or was decided here: a laptop whose work was all accepted asks nothing
 *  - an answer that leaves out a group ends it: nothing that was told counts as heard without the server's word for it
 */
import type { SyncProblem } from '../../src/protocol/problem.ts';
import { heldAskLimit, heldToldLimit, type HeldAsked, type HeldKey, type HeldReply } from '../../src/protocol/held.ts';
import type { Run } from './cycle.ts';

/** Tells what was decided here and hears what was decided elsewhere. Answers the problem that ended it, or null. */
export async function exchangeHeld(run: Run): Promise<SyncProblem | null> {
  const { told, ask } = await run.disk(() => run.store.heldToAsk());
  for (const piece of pieces({ told, ask })) {
    const reply = await run.ask((signal, device) => run.remote.held(signal, device, piece));
    if (!reply.ok) return reply.problem;
    if (!answersAll(piece, reply.value.value)) return { kind: 'not-our-server' };
    await run.disk(() => run.store.takeHeld(reply.value.value));
  }
  return null;
}

function pieces({ told, ask }: HeldAsked): HeldAsked[] {
  const count = Math.max(Math.ceil(told.length / heldToldLimit), Math.ceil(ask.length / heldAskLimit));
  return Array.from({ length: count }, (_, i) => ({
    told: told.slice(i * heldToldLimit, (i + 1) * heldToldLimit),
    ask: ask.slice(i * heldAskLimit, (i + 1) * heldAskLimit),
  }));
}

function answersAll({ told, ask }: HeldAsked, { groups }: HeldReply): boolean {
  const keyText = ({ device, group }: HeldKey): string => `${device} ${group}`;
  const answered = new Set(groups.map(keyText));
  const heard = new Set(groups.filter(({ decision }) => decision !== null).map(keyText));
  return ask.every((key) => answered.has(keyText(key))) && told.every((key) => heard.has(keyText(key)));
}
