/** A small organisation for the files' tests, by id and name. */
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import type { Organisation } from '../../../src/ui/data/organisation.ts';

type Names = Readonly<Record<string, string>>;

interface Named {
  readonly services?: Names;
  readonly teams?: Names;
  readonly people?: Names;
}

export function organisationOf({ services = {}, teams = {}, people = {} }: Named): Organisation {
  const named = (names: Names) => Object.entries(names).map(([id, name]) => ({ id, name }));
  return {
    authorityName: 'Testshire',
    services: named(services),
    teams: named(teams),
    people: named(people),
    tools: builtInTools,
  } as unknown as Organisation;
}
