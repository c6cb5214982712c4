/** Services, teams and, where others work here too, people of the authority and how long audits are kept; for an administrator people alone. Works offline, but for making invitation links. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole, managesAccounts } from '../../domain/rights.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { PeopleView } from '../organisation/people-view.tsx';
import { ServicesView } from '../organisation/services-view.tsx';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { RetentionView } from '../retention/retention-view.tsx';
import { words } from '../words.ts';
import { subjectAccess } from '../words/subject-access.ts';
import { retention } from '../words/retention.ts';
import { useMissingCount } from '../restored/use-missing.ts';
import { laptops } from '../words/laptops.ts';
import { restored } from '../words/restored.ts';

type View = 'services' | 'people' | 'retention';

export function OrganisationScreen({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const [view, setView] = useState<View>('services');
  const standing = standingIn(organisation, laptop.store.person, today(laptop));
  const isQaLead = hasRole(standing, 'qa-lead');
  const wasRestored = useMissingCount(laptop, isQaLead && laptop.home.hasOthers)?.noticedMs != null;
  const { organisation: text } = words;
  if (!isQaLead && managesAccounts(standing)) {
    return (
      <Page title={text.people} width="wide">
        <PeopleView laptop={laptop} />
      </Page>
    );
  }
  if (!isQaLead) {
    return (
      <Page title={text.title}>
        <p class="govuk-body">{text.notForYou}</p>
      </Page>
    );
  }
  if (!laptop.home.hasOthers) {
    return (
      <Page title={text.title} width="wide">
        <ServicesView laptop={laptop} />
      </Page>
    );
  }
  return (
    <Page
      title={text.title}
      width="wide"
      actions={
        <>
          {wasRestored && (
            <Button kind="secondary" small href={restored.href}>
              {restored.link}
            </Button>
          )}
          {laptop.home.server !== null && (
            <Button kind="secondary" small href={laptops.href}>
              {laptops.link}
            </Button>
          )}
          <Button kind="secondary" small href={subjectAccess.href}>
            {subjectAccess.link}
          </Button>
          <Button kind="secondary" small href="/import">
            {words.importing.link}
          </Button>
        </>
      }
    >
      <Tabs<View>
        label={text.views}
        tabs={[
          { id: 'services', label: text.services },
          { id: 'people', label: text.people },
          { id: 'retention', label: retention.tab },
        ]}
        selected={view}
        onSelect={setView}
      >
        {view === 'services' && <ServicesView laptop={laptop} />}
        {view === 'people' && <PeopleView laptop={laptop} />}
        {view === 'retention' && <RetentionView laptop={laptop} />}
      </Tabs>
    </Page>
  );
}
