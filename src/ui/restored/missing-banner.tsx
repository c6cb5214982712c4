/** Tells a QA lead, wherever they are, that the server went back and not everything came back; leads to the list. */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole } from '../../domain/rights.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { Banner } from '../frame/banner.tsx';
import { restored as say } from '../words/restored.ts';
import { useMissingCount } from './use-missing.ts';

export function MissingBanner({ laptop }: { readonly laptop: Laptop }) {
  const standing = standingIn(useOrganisation(), laptop.store.person, today(laptop));
  const list = useMissingCount(laptop, hasRole(standing, 'qa-lead') && laptop.home.hasOthers);
  const [later, setLater] = useState(false);
  const isThere = useLocation().path === say.href;
  if (later || isThere || list === null || list.noticedMs === null || list.changes === 0) return null;
  return (
    <Banner look="attention" act={{ text: say.later, onClick: () => setLater(true) }}>
      {say.banner(momentText(list.noticedMs), list.changes)} <a href={say.href}>{say.bannerLink}</a>
    </Banner>
  );
}
