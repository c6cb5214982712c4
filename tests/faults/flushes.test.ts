/** FAULTS 6 and 48: the server has flushed each change to its disk, in the file of its own database, before it answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { join, newId, openBrowser, openLaptop } from '../server/client.ts';
import { password, service } from '../server/example.ts';
import { startProcess } from '../server/server-process.ts';
import { canCountFlushes, countFlushes, noStrace } from './flushes.ts';

const test = suite('what is flushed to the disk');
const pushes = 20;

if (canCountFlushes()) {
  test('each push that is answered has been flushed, and a pull flushes nothing', async () => {
    const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-flushes-'));
    const server = await startProcess(dataDir);
    try {
      const browser = openBrowser(server.address);
      const profile = { name: 'Quinn', email: 'quinn@example.org' };
      const laptop = openLaptop(browser, (await join(browser, server.firstLink, password, profile)).body);
      await laptop.pull();
      const pushed = await countFlushes(server.pid, async () => {
        for (let n = 0; n < pushes; n += 1) await laptop.write(service(newId(), `Service ${n}`));
      });
      const pulled = await countFlushes(server.pid, async () => {
        for (let n = 0; n < pushes; n += 1) await laptop.pull();
      });
      console.log(`${pushed} flushes for ${pushes} pushes, ${pulled} for as many pulls`);
      assert.ok(pushed >= pushes, `${pushed} flushes for ${pushes} pushes`);
      assert.ok(pulled < pushes / 2, `${pulled} flushes for ${pushes} pulls`);
    } finally {
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
} else {
  console.log(`SKIPPED: counting flushes: ${noStrace}`);
}

test.run();
