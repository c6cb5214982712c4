/** The laptops a person may see, what needs looking at first. The list is on the council's server and needs it. */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { personFacts } from '../../domain/facts.ts';
import { mayRevoke, seesAllLaptops, type Standing } from '../../domain/rights.ts';
import type { LaptopShown } from '../../protocol/laptops.ts';
import { readDevice } from '../../store/sync-meta.ts';
import { nowMs } from '../data/clock.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { LaptopCard } from '../laptops/laptop-card.tsx';
import { nameOf } from '../laptops/laptop-text.ts';
import { inOrder, isFound } from '../laptops/order-laptops.ts';
import { useLaptops } from '../laptops/use-laptops.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Page } from '../parts/page.tsx';
import { Pagination } from '../parts/pagination.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface LaptopsScreenProps {
  readonly laptop: Laptop;
  readonly server: CouncilServer;
  readonly standing: Standing;
}

const pageSize = 25;

export function LaptopsScreen({ laptop, server, standing }: LaptopsScreenProps) {
  const { list, problem, again } = useLaptops(server);
  const all = seesAllLaptops(standing);
  return (
    <Page title={all ? say.title : say.titleOwn} back={{ href: '/this-laptop' }} width="wide">
      <p class="govuk-body app-reading">{all ? say.lead : say.leadOwn}</p>
      <p class="govuk-body app-reading">{say.onlyTold}</p>
      {problem !== null && (
        <p class="govuk-body" role="alert">
          {problem.kind === 'unreachable' || problem.kind === 'timed-out' ? say.offline : words.problems.sync(problem)}
        </p>
      )}
      {list === null ? (
        problem === null && (
          <p class="govuk-body" role="status">
            {say.asking}
          </p>
        )
      ) : (
        <Listed laptop={laptop} server={server} standing={standing} list={list} onChanged={again} />
      )}
    </Page>
  );
}

interface ListedProps extends LaptopsScreenProps {
  readonly list: readonly LaptopShown[];
  readonly onChanged: () => Promise<void>;
}

function Listed({ laptop, server, standing, list, onChanged }: ListedProps) {
  const all = seesAllLaptops(standing);
  const organisation = useOrganisation();
  const announce = useAnnounce();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [here, setHere] = useState<string | null>(null);
  useEffect(() => void readDevice(laptop.store).then(setHere), [laptop]);
  const now = nowMs(laptop);
  const found = inOrder(list, now).filter((one) =>
    isFound(search, [nameOf(one), one.browser, personById(organisation, one.person)?.name ?? '']),
  );
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const at = Math.min(page, pages);
  const rename = async (device: LaptopShown['device'], name: string): Promise<string | null> => {
    const reply = await server.account.nameLaptop(device, name);
    if (!reply.ok) return words.problems.sync(reply.problem);
    announce(say.renamed);
    await onChanged();
    return null;
  };
  if (list.length === 0) return <p class="govuk-body">{say.none}</p>;
  return (
    <>
      {all && <TextInput id="search" type="search" label={say.search} width={30} value={search} onInput={setSearch} />}
      <p class="govuk-body" role="status">
        {found.length === 0 ? say.foundNone : say.found(found.length, list.length)}
      </p>
      <ul class="app-laptops">
        {found.slice((at - 1) * pageSize, at * pageSize).map((one) => (
          <LaptopCard
            key={one.device}
            laptop={one}
            me={laptop.store.person}
            nowMs={now}
            isHere={one.device === here}
            all={all}
            mayRemove={mayRevoke(standing, personFacts(one.person, personById(organisation, one.person)?.grants ?? []))}
            onName={(name) => rename(one.device, name)}
          />
        ))}
      </ul>
      <Pagination page={at} pages={pages} onPage={setPage} />
    </>
  );
}
