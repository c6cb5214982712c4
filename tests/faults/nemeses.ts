/** What may happen to one request between a laptop and its server, and which requests there are. */
import { paths } from '../../src/protocol/sync.ts';
import type { Chance } from '../e2e/support/random.ts';

export type RequestKind = keyof typeof paths | 'session' | 'page';

export type Nemesis =
  /** The connection breaks before the server has it. */
  | { readonly kind: 'drop' }
  /** The server has done it, and the connection breaks before anybody is told. */
  | { readonly kind: 'drop-reply' }
  /** The server gets it twice. */
  | { readonly kind: 'duplicate' }
  /** The connection breaks, and the server gets it all the same, after the next request of its kind. */
  | { readonly kind: 'late' }
  /** Half the reply, and an orderly end. */
  | { readonly kind: 'truncate' }
  /** Accepted and never answered, before the server has it or after: a partition both ways, or one way. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'stall-reply' }
  /** A proxy that takes so many bytes of a body, and answers 413 in its own words to more. */
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** What stands in the server's place answers. */
  | { readonly kind: 'bad-gateway' | 'bad-request' | 'html' | 'empty' | 'garbage' | 'old-reply' }
  /** It sends to its own terms, at `to` or where nobody is. */
  | { readonly kind: 'redirect'; readonly to?: string }
  /** The reply is ours but for what is changed in it. */
  | { readonly kind: 'alter'; readonly reply: (body: never) => unknown }
  /** A line so thin, which breaks after so many bytes of replies, whichever they are of. */
  | { readonly kind: 'thin'; readonly bitsPerSecond: number; readonly breaksAfterBytes: number };

export interface Passing {
  readonly kind: RequestKind;
  /** Where it is among those of its kind, from 1. */
  readonly count: number;
  readonly bytes: number;
  /** What is asked, as it came. */
  text(): string;
}

/** What happens to a request; null: nothing. */
export type Plan = (passing: Passing) => Nemesis | null;

export const unharmed: Plan = () => null;

const kindByPath = new Map(Object.entries(paths).map(([kind, path]) => [path as string, kind as RequestKind]));

export function requestKind(url: string): RequestKind {
  const path = url.split('?')[0] ?? '';
  return kindByPath.get(path) ?? (path.startsWith('/api/') ? 'session' : 'page');
}

/** One nemesis for every request of these kinds, or of every kind of the sync protocol. */
export const always = (nemesis: Nemesis, kinds: readonly RequestKind[] = syncKinds): Plan => {
  return ({ kind }) => (kinds.includes(kind) ? nemesis : null);
};

export const syncKinds = Object.keys(paths) as RequestKind[];

/** Each request meets one of `nemeses` in so many of a hundred cases. */
export const byChance =
  (random: Chance, percent: number, nemeses: readonly Nemesis[]): Plan =>
  ({ kind }) =>
    syncKinds.includes(kind) && random.between(1, 100) <= percent ? random.pick(nemeses) : null;
