/** Says, until the person has read it, that the server knows other work under this laptop's id: a copy, or an older state of it. */
import type { Laptop } from '../../bridge/laptop.ts';
import { forgetCopied, readCopied } from '../../store/sync-meta.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

export function CopiedLaptop({ laptop: { store } }: { readonly laptop: Pick<Laptop, 'store'> }) {
  const noticedMs = useLive(store, () => readCopied(store), 'copied');
  if (noticedMs === null) return null;
  const { copied, copiedSeen } = words.frame;
  return (
    <Banner look="attention" act={{ text: copiedSeen, onClick: () => void forgetCopied(store) }}>
      {copied(momentText(noticedMs))}
    </Banner>
  );
}
