/**
 * Tells a person what was done with their account, which they may not have done themselves, until they say they have read it. For
 * how long that counts says the server.
 */
import type { CouncilServer } from '../../bridge/home.ts';
import { momentText } from '../format.ts';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

export function Notices({ server }: { readonly server: CouncilServer }) {
  const notices = server.notices.value;
  if (notices.length === 0) return null;
  const { frame } = words;
  const lines = [
    ...notices.map(({ kind, atMs }) => frame.notices[kind](momentText(atMs))),
    `${frame.noticesNotYou} ${frame.noticesComeBack}`,
  ];
  return (
    <Banner look="attention" act={{ text: frame.noticesRead, onClick: () => void server.noticed() }}>
      {lines.map((line, i) => (
        <span key={i} class="app-banner__line">
          {line}{' '}
        </span>
      ))}
    </Banner>
  );
}
