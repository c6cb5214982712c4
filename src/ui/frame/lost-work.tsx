/** Says what the browser has lost, until the person has read it: before a laptop is open, and above everything once it is. */
import type { Losses } from '../../bridge/losses.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { momentText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Notification } from '../parts/notification.tsx';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

/** On the pages before a laptop is open: each copy that is gone from here. */
export function LostCopies({ losses }: { readonly losses: Pick<Losses, 'known' | 'seen'> }) {
  const say = words.losses;
  return (
    <>
      {losses.known.value.map((one) => (
        <Notification key={one.keyring} kind="attention" title={say.title} heading={say.whose(one.label)}>
          <p class="govuk-body">
            {say.what(one, momentText)} {say.rest(one)}
          </p>
          <Button kind="link" onClick={() => losses.seen(one)}>
            {say.seen}
          </Button>
        </Notification>
      ))}
    </>
  );
}

/** In an open laptop. The database may be gone this moment: then what is on the screen is all there is. */
export function LostWork({ laptop: { losses } }: { readonly laptop: Pick<Laptop, 'losses'> }) {
  const say = words.losses;
  const [trouble, loss] = [losses.trouble.value, losses.loss.value];
  if (trouble === null && loss === null) return null;
  const isGone = trouble !== null;
  return (
    <div role="alert">
      <Banner
        look="attention"
        {...(loss === null || isGone ? {} : { act: { text: say.seen, onClick: () => losses.seen(loss) } })}
      >
        {isGone && words.problems.store(trouble)} {loss !== null && `${say.what(loss, momentText)} ${say.rest(loss)}`}
      </Banner>
    </div>
  );
}
