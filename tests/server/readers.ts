/** A server with an auditor's one audit, and people who read it in figures or do not: who is told what figures may lack. */
import { newId, type Laptop } from './client.ts';
import { addPerson, allocation, caseOf, firstQaLead, grant, service, team, type TestServer } from './example.ts';

export interface Readers {
  readonly server: TestServer;
  readonly quinn: Laptop;
  /** The auditor. */
  readonly alex: Laptop;
  /** Leads the audit's team. */
  readonly lee: Laptop;
  /** Leads another service. */
  readonly olga: Laptop;
  /** The audit's service. */
  readonly here: string;
  readonly audit: string;
}

export async function addReaders(server: TestServer): Promise<Readers> {
  const quinn = await firstQaLead(server);
  const [here, north, there] = [newId(), newId(), newId()];
  await quinn.write(service(here, 'Assessment'), team(north, 'North', here), service(there, 'Early Help'));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { teams: [north] }));
  const olga = await addPerson(quinn, 'Olga', grant('team-lead', { services: [there] }));
  const audit = newId();
  const auditor = alex.session.person;
  await quinn.write(caseOf(audit), allocation(audit, { service: here, team: north, auditor }));
  return { server, quinn, alex, lee, olga, here, audit };
}
