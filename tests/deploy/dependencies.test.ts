/** What is installed is pinned, sealed by a hash, listed in a bill of materials, and runs no script that is not known (FAULTS S27). */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeAudit } from '../run/advisories.ts';

const test = suite('dependencies');

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  /** For development, and for something optional. */
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const { packages } = readJson<{ packages: Record<string, Package> }>('package-lock.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const own = readJson<{
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}>('package.json');

test('every version is exact, and every package in the lock file has its hash', () => {
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
  assert.equal(
    locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
    [],
  );
});

test('the packages that would run a script when they are installed are those whose reason is written down', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  assert.equal(scripted.sort(), Object.keys(own.allowScripts).sort());
  const reasons = readFileSync('docs/deploy.md', 'utf8');
  for (const name of scripted) assert.ok(reasons.includes(`\`${name}\``), `docs/deploy.md says nothing of ${name}`);
});

test('the bill of materials has every package that is used on every machine, with its version and hash', () => {
  const bill = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  ) as {
    bomFormat: string;
    components: { name: string; version: string; hashes?: readonly { alg: string }[] }[];
  };
  assert.is(bill.bomFormat, 'CycloneDX');
  const listed = new Map(bill.components.map((each) => [`${each.name}@${each.version}`, each]));
  // What is optional is there for some kinds of machine alone.
  const isUsed = ({ devOptional, optional }: Package): boolean => !(devOptional ?? optional ?? false);
  for (const [path, { version }] of locked.filter(([, each]) => isUsed(each)))
    assert.is(listed.get(`${nameOf(path)}@${version}`)?.hashes?.[0]?.alg, 'SHA-512', path);
});

test('a grave hole stops a release, a lesser one is told, and a registry without advisories is said to be one', () => {
  const answer = (vulnerabilities: object): string => JSON.stringify({ metadata: { vulnerabilities } });
  const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };
  assert.equal(judgeAudit(answer(none)), { ok: true, says: 'Known holes in packages: none.' });
  assert.is(judgeAudit(answer({ ...none, moderate: 2, total: 2 })).says, 'Known holes in packages: 2 moderate.');
  for (const grade of ['high', 'critical']) assert.is(judgeAudit(answer({ ...none, [grade]: 1, total: 1 })).ok, false);
  const away = judgeAudit('{"message":"405 Method Not Allowed","error":{}}');
  assert.ok(away.ok);
  assert.match(away.says, /^NOT CHECKED: .*405 Method Not Allowed/);
  assert.match(judgeAudit('npm error').says, /^NOT CHECKED/);
});

test.run();
