/** Updates: nothing reloads by itself, drafts are saved first, and other tabs keep running (FAULTS 17). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openUpdates, type UpdateDeps } from '../../src/bridge/update-bridge.ts';

const test = suite('updates');

function start() {
  const log: string[] = [];
  const disk = { isFull: false };
  const listeners = new Map<string, (event: { isUpdate?: boolean; isExternal?: boolean }) => void>();
  const workbox = {
    addEventListener: (name: string, listener: never) => void listeners.set(name, listener),
    register: async () => {
      log.push('registered');
      return undefined;
    },
    messageSkipWaiting: () => log.push('skip waiting'),
  } as unknown as NonNullable<UpdateDeps['workbox']>;
  const update = openUpdates({
    workbox,
    putAway: async () => log.push(disk.isFull ? 'not saved' : 'drafts saved') > 0 && !disk.isFull,
    reload: () => log.push('reload'),
  });
  return { log, disk, update, fire: (name: string, event = {}) => listeners.get(name)?.(event) };
}

test('the first installation offers nothing and reloads nothing', () => {
  const { log, update, fire } = start();
  fire('controlling', { isUpdate: false });
  assert.equal([log, update.updateReady.value], [['registered'], false]);
});

test('a first installation made by another tab offers nothing either; what takes over after it does', () => {
  const { log, update, fire } = start();
  fire('controlling', { isUpdate: false, isExternal: true });
  assert.is(update.updateReady.value, false);
  fire('controlling', { isUpdate: false, isExternal: true });
  assert.equal([log, update.updateReady.value], [['registered'], true]);
});

test('a newer build waits until the person agrees; drafts are saved, then it takes over, then the page reloads', async () => {
  const { log, update, fire } = start();
  fire('waiting');
  assert.is(update.updateReady.value, true);
  assert.equal(log, ['registered']);
  await update.applyUpdate();
  assert.equal(log, ['registered', 'drafts saved', 'skip waiting']);
  fire('controlling', { isUpdate: true });
  await settled();
  assert.equal(log.slice(-2), ['drafts saved', 'reload']);
});

test('what cannot be saved is not reloaded away: the update stops, says so, and can be tried again', async () => {
  const { log, disk, update, fire } = start();
  fire('waiting');
  disk.isFull = true;
  await update.applyUpdate();
  assert.equal(log, ['registered', 'not saved']);
  assert.equal([update.updateReady.value, update.notUpdated.value], [true, true]);
  update.stay();
  assert.is(update.notUpdated.value, false);
  disk.isFull = false;
  await update.applyUpdate();
  assert.equal(log.slice(2), ['drafts saved', 'skip waiting']);
  assert.is(update.notUpdated.value, false);
});

test('whoever says to lose what cannot be saved gets the newer build', async () => {
  const { log, disk, update, fire } = start();
  fire('waiting');
  disk.isFull = true;
  await update.applyUpdate();
  await update.applyUpdate('lose');
  assert.is(log.at(-1), 'skip waiting');
  fire('controlling', { isUpdate: true });
  await settled();
  assert.equal([log.at(-1), update.notUpdated.value], ['reload', false]);
});

test('what is typed between the yes and the newer build’s start is saved too, or nothing is loaded again', async () => {
  const { log, disk, update, fire } = start();
  fire('waiting');
  await update.applyUpdate();
  disk.isFull = true;
  fire('controlling', { isUpdate: true });
  await settled();
  assert.equal([log.at(-1), update.notUpdated.value], ['not saved', true]);
  disk.isFull = false;
  await update.applyUpdate();
  assert.equal(log.slice(-2), ['drafts saved', 'reload']);
});

test('a tab in which nobody agreed keeps running when another tab updates, and offers to reload', async () => {
  const { log, update, fire } = start();
  fire('controlling', { isUpdate: true });
  assert.equal([log, update.updateReady.value], [['registered'], true]);
  await update.applyUpdate();
  assert.equal(log, ['registered', 'drafts saved', 'reload']);
});

test('without a service worker there is never an update', async () => {
  const update = openUpdates({ workbox: null, putAway: async () => true, reload: () => assert.unreachable() });
  await update.applyUpdate();
  assert.is(update.updateReady.value, false);
});

/** What a listener has begun is through. */
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

test.run();
