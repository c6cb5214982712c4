/** One laptop in the list: whose, when it was last heard of, what it had not sent, and what can be done about it. */
import { useState } from 'preact/hooks';
import type { LaptopShown } from '../../protocol/laptops.ts';
import { useOrganisation, personById } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Tag, type TagColour } from '../parts/tag.tsx';
import { laptops as say } from '../words/laptops.ts';
import { contactText, nameOf, removalText, unsentText } from './laptop-text.ts';
import { NameForm } from './name-form.tsx';
import { concernOf, type Concern } from './order-laptops.ts';

interface LaptopCardProps {
  readonly laptop: LaptopShown;
  readonly me: string;
  readonly nowMs: number;
  readonly isHere: boolean;
  /** Whether others' laptops are in the list too. */
  readonly all: boolean;
  /** Whether whoever looks at it may have its copy removed. */
  readonly mayRemove: boolean;
  /** Saves a name; answers what kept it from that, or null. */
  readonly onName: (name: string) => Promise<string | null>;
}

const tags: Readonly<Record<NonNullable<Concern>, readonly [TagColour, string]>> = {
  unsent: ['orange', say.isUnsent],
  silent: ['yellow', say.isSilent],
  asked: ['purple', say.isAsked],
  gave: ['blue', say.isGave],
  gone: ['grey', say.isGone],
};

export function LaptopCard({ laptop, me, nowMs, isHere, all, mayRemove, onName }: LaptopCardProps) {
  const organisation = useOrganisation();
  const [naming, setNaming] = useState(false);
  const concern = concernOf(laptop, nowMs);
  const name = nameOf(laptop);
  const removal = removalText(laptop, organisation, me);
  const isOwn = laptop.person === me;
  const isGone = laptop.gone !== null;
  const isStolen = laptop.revoked?.form === 'stolen';
  const canAct = (!isStolen && mayRemove) || (isOwn && !isGone);
  return (
    <li class="app-laptop">
      <div class="app-laptop__head">
        <h2 class="govuk-heading-s app-laptop__name">{name}</h2>
        {isHere && <Tag colour="green">{say.here}</Tag>}
        {concern && <Tag colour={tags[concern][0]}>{tags[concern][1]}</Tag>}
      </div>
      <dl class="app-laptop__facts">
        {all && <Fact name={say.whose} value={personById(organisation, laptop.person)?.name ?? say.nobody} />}
        {laptop.name !== '' && laptop.browser !== '' && <Fact name={say.browser} value={laptop.browser} />}
        <Fact name={say.lastContact} value={contactText(laptop, nowMs)} />
        <Fact name={say.unsent} value={unsentText(laptop, nowMs)} />
        <Fact name={say.firstContact} value={momentText(laptop.firstMs)} />
        <Fact name={say.app} value={laptop.app ?? say.unknown} />
      </dl>
      {removal !== null && <p class="govuk-body app-laptop__removal">{removal}</p>}
      {isGone && !isStolen && <p class="govuk-body app-laptop__removal">{say.goneWord}</p>}
      {laptop.revoked !== null && laptop.revoked.reason !== '' && (
        <p class="govuk-body app-laptop__removal">{say.because(laptop.revoked.reason)}</p>
      )}
      {!mayRemove && !isStolen && <p class="govuk-hint">{say.leadsOnly}</p>}
      {naming ? (
        <NameForm
          id={`name-${laptop.device}`}
          name={laptop.name}
          onCancel={() => setNaming(false)}
          onSave={async (given) => {
            const problem = await onName(given);
            if (problem === null) setNaming(false);
            return problem;
          }}
        />
      ) : (
        canAct && (
          <p class="app-laptop__acts">
            {!isStolen && mayRemove && (
              <Button
                kind="secondary"
                small
                href={say.at(laptop.device)}
                about={isGone ? say.aboutReport(name) : say.about(name)}
              >
                {isGone ? say.report : say.remove}
              </Button>
            )}
            {isOwn && !isGone && (
              <Button kind="link" onClick={() => setNaming(true)} about={name}>
                {say.rename}
              </Button>
            )}
          </p>
        )
      )}
    </li>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
