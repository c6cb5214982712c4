/** docs/deploy says what the program knows: every setting, and units that systemd takes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig, settingNames } from '../../server/config.ts';

const folder = 'docs/deploy';
const settingsFile = readFileSync(join(folder, 'plumbline.env'), 'utf8');
const settings = [...settingsFile.matchAll(/^(#?)([A-Z_]+)=(.*)$/gm)].map(([, off, name = '', value = '']) => ({
  isSet: off === '',
  name,
  value,
}));

const test = suite('docs/deploy');

test('the file of settings has every setting once, and none that there is not', () => {
  assert.equal(settings.map(({ name }) => name).sort(), [...settingNames].sort());
});

test('what it sets is a server that starts', () => {
  const env = Object.fromEntries(settings.filter(({ isSet }) => isSet).map(({ name, value }) => [name, value]));
  assert.is(readConfig(env).behindProxy, true);
});

const units = readdirSync(folder).filter((name) => /\.(service|timer)$/.test(name));

test('every command of the units is there', () => {
  for (const unit of units) {
    const [, program] =
      /^ExecStart=\/usr\/bin\/node --import tsx (\S+)$/m.exec(readFileSync(join(folder, unit), 'utf8')) ?? [];
    if (program === undefined) assert.match(unit, /\.timer$/);
    else assert.ok(readFileSync(program, 'utf8').length > 0, program);
  }
});

if (spawnSync('systemd-analyze', ['--version']).status === 0) {
  test('systemd takes the units, and has nothing to say about them', () => {
    const place = mkdtempSync(join(tmpdir(), 'plumbline-units-'));
    try {
      const paths = units.map((unit) => {
        const text = readFileSync(join(folder, unit), 'utf8');
        writeFileSync(join(place, unit), text.replace('/usr/bin/node', process.execPath));
        return join(place, unit);
      });
      const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
      const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('plumbline'));
      assert.equal(said, []);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
} else console.log('SKIPPED: systemd takes the units: there is no systemd-analyze here.');

test.run();
