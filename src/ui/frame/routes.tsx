/** Every screen by its address. All are imported here and now: no code is fetched after the app has opened (FAULTS 18). */
import { Route, Router, useRoute } from 'preact-iso';
import type { ComponentType } from 'preact';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import {
  hasRole,
  isDecider,
  managesAccounts,
  mayDisclose,
  mayReadCube,
  readsAudits,
  type Standing,
} from '../../domain/rights.ts';
import { Accessibility } from '../screens/accessibility.tsx';
import { Allocate } from '../screens/allocate.tsx';
import { AuditForm } from '../screens/audit-form.tsx';
import { BoardFigures } from '../screens/board-figures.tsx';
import { BringIn } from '../screens/bring-in.tsx';
import { CheckAudit } from '../screens/check-audit.tsx';
import { FigureAudits } from '../screens/figure-audits.tsx';
import { ImportScreen } from '../screens/import.tsx';
import { LaptopsScreen } from '../screens/laptops.tsx';
import { MissingChanges } from '../screens/missing-changes.tsx';
import { MyAudits } from '../screens/my-audits.tsx';
import { NotFound } from '../screens/not-found.tsx';
import { OrganisationScreen } from '../screens/organisation.tsx';
import { Percentages } from '../screens/percentages.tsx';
import { Promises } from '../screens/promises.tsx';
import { RemoveCopy } from '../screens/remove-copy.tsx';
import { StartAudit } from '../screens/start-audit.tsx';
import { SubjectAccess } from '../screens/subject-access.tsx';
import { ThisLaptop } from '../screens/this-laptop.tsx';
import { ToDecide } from '../screens/to-decide.tsx';
import { accessibility } from '../words/accessibility.ts';

interface RoutesProps {
  readonly laptop: Laptop;
  readonly standing: Standing;
}

export function Routes({ laptop, standing }: RoutesProps) {
  const home = homeOf(standing);
  return (
    <Router>
      <Route path="/" component={home} laptop={laptop} />
      <Route path="/audit/:id" component={OneAudit} laptop={laptop} screen={AuditForm} />
      <Route path="/audit/:id/check" component={OneAudit} laptop={laptop} screen={CheckAudit} />
      <Route path="/new" component={StartAudit} laptop={laptop} />
      <Route path="/percentages" component={Percentages} laptop={laptop} />
      <Route path="/percentages/audits" component={FigureAudits} laptop={laptop} />
      <Route path="/organisation" component={OrganisationScreen} laptop={laptop} />
      <Route
        path="/organisation/missing"
        component={hasRole(standing, 'qa-lead') && laptop.home.hasOthers ? MissingChanges : NotFound}
        laptop={laptop}
      />
      <Route
        path="/organisation/subject-access"
        component={mayDisclose(standing) && laptop.home.hasOthers ? SubjectAccess : NotFound}
        laptop={laptop}
      />
      <Route path="/import/:step?" component={ImportScreen} laptop={laptop} />
      <Route path="/allocate" component={laptop.home.hasOthers ? Allocate : NotFound} laptop={laptop} />
      <Route
        path="/to-decide"
        component={isDecider(standing) && laptop.home.hasOthers ? ToDecide : NotFound}
        laptop={laptop}
      />
      <Route path="/board" component={mayReadCube(standing) ? BoardFigures : NotFound} laptop={laptop} />
      <Route path="/this-laptop" component={ThisLaptop} laptop={laptop} />
      <Route path="/this-laptop/all" component={AllLaptops} laptop={laptop} standing={standing} />
      <Route path="/this-laptop/all/:device" component={OneLaptop} laptop={laptop} />
      <Route path="/this-laptop/promises" component={laptop.home.isKept ? Promises : NotFound} laptop={laptop} />
      <Route
        path="/this-laptop/bring-in"
        component={laptop.home.isKept ? BringIn : NotFound}
        laptop={laptop}
        standing={standing}
      />
      <Route path={accessibility.href} component={Accessibility} laptop={laptop} />
      <Route default component={NotFound} />
    </Router>
  );
}

function AllLaptops({ laptop, standing }: RoutesProps) {
  const { server } = laptop.home;
  return server === null ? <NotFound /> : <LaptopsScreen laptop={laptop} server={server} standing={standing} />;
}

function OneLaptop({ laptop }: Pick<RoutesProps, 'laptop'>) {
  const { server } = laptop.home;
  const device = useRoute().params['device'] ?? '';
  return server === null ? <NotFound /> : <RemoveCopy key={device} laptop={laptop} server={server} device={device} />;
}

/** The first of the places of whoever is here (`navigation`). */
function homeOf(standing: Standing): ComponentType<{ readonly laptop: Laptop }> {
  if (hasRole(standing, 'auditor')) return MyAudits;
  if (readsAudits(standing)) return Percentages;
  if (mayReadCube(standing)) return BoardFigures;
  return managesAccounts(standing) ? OrganisationScreen : ThisLaptop;
}

interface AuditScreenProps {
  readonly laptop: Laptop;
  readonly id: RecordId;
}

/** A screen about one audit; another id is another screen, not the same one with its fields swapped. */
function OneAudit({
  laptop,
  screen: Screen,
}: {
  readonly laptop: Laptop;
  readonly screen: ComponentType<AuditScreenProps>;
}) {
  const id = (useRoute().params['id'] ?? '') as RecordId;
  return <Screen key={id} laptop={laptop} id={id} />;
}
