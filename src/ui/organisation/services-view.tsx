/** Services with their teams: open ones as cards, closed ones folded away beneath. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { today } from '../data/clock.ts';
import { isOpen, useOrganisation } from '../data/organisation.ts';
import { Button } from '../parts/button.tsx';
import { Details } from '../parts/details.tsx';
import { words } from '../words.ts';
import { addService } from './edits.ts';
import { NameForm } from './name-form.tsx';
import { ServiceCard } from './service-card.tsx';
import { useReturnFocus } from './use-return-focus.ts';
import { useSave } from './use-save.ts';

export function ServicesView({ laptop }: { readonly laptop: Laptop }) {
  const { services } = useOrganisation();
  const [adding, setAdding] = useState(false);
  const remember = useReturnFocus(adding);
  const save = useSave(laptop);
  const day = today(laptop);
  const open = services.filter((service) => isOpen(service, day));
  const closed = services.filter((service) => !isOpen(service, day));
  const { organisation: text } = words;
  return (
    <>
      {open.length === 0 && <p class="govuk-body">{text.noServices}</p>}
      {open.map((service) => (
        <ServiceCard key={service.id} laptop={laptop} service={service} />
      ))}
      {adding ? (
        <div class="app-panel">
          <NameForm
            id="new-service"
            label={text.serviceName}
            submit={text.add}
            taken={open.map(({ name }) => name)}
            onSubmit={async (name) => {
              const problem = await save([addService(laptop.store.newId(), name, day)], text.added(name));
              if (problem === null) setAdding(false);
              return problem;
            }}
            onCancel={() => setAdding(false)}
          />
        </div>
      ) : (
        <Button
          id="add-service"
          kind={open.length === 0 ? 'primary' : 'secondary'}
          onClick={() => {
            remember();
            setAdding(true);
          }}
        >
          {text.addService}
        </Button>
      )}
      {closed.length > 0 && (
        <Details summary={text.closedServices(closed.length)}>
          {closed.map((service) => (
            <ServiceCard key={service.id} laptop={laptop} service={service} />
          ))}
        </Details>
      )}
    </>
  );
}
