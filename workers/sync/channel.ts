/** The BroadcastChannel between one person's sync workers: what does not parse is ignored (FAULTS S15). */
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import { syncChannel, syncMessageSchema } from '../../src/protocol/channels.ts';
import { parse } from '../../src/protocol/parse.ts';
import type { Channel } from './session.ts';

export function openTabChannel(who: { readonly authority: AuthorityId; readonly person: PersonId }): Channel {
  const channel = new BroadcastChannel(syncChannel(who.authority, who.person));
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      channel.onmessage = (event: MessageEvent<unknown>) => {
        const message = parse(syncMessageSchema, event.data);
        if (message !== null) listener(message);
      };
    },
    close: () => channel.close(),
  };
}
