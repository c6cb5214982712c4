/** The heap of a page's dedicated workers, asked through the browser's own debugger while they work. */
import type { Page } from '@playwright/test';

export interface HeapWatch {
  /** Ends watching; answers the most bytes that one worker used, garbage not yet collected among them. */
  stop(): Promise<number>;
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly type: string };
}

const everyMs = 250;

/** Watches the workers that are running and those that start from now on. */
export async function watchWorkerHeap(page: Page): Promise<HeapWatch> {
  const session = await page.context().newCDPSession(page);
  const workers = new Set<string>();
  let peak = 0;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
    if (targetInfo.type === 'worker') workers.add(sessionId);
  });
  session.on('Target.detachedFromTarget', ({ sessionId }: { readonly sessionId: string }) => workers.delete(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ message }: { readonly message: string }) => {
    const { result } = JSON.parse(message) as {
      readonly result?: { usedSize?: number; backingStorageSize?: number };
    };
    peak = Math.max(peak, (result?.usedSize ?? 0) + (result?.backingStorageSize ?? 0));
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const message = JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' });
  const timer = setInterval(() => {
    // A worker that ends meanwhile is asked in vain.
    for (const sessionId of workers)
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => undefined);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await session.detach();
      return peak;
    },
  };
}
