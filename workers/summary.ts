/** Entry of the summary worker: gives the logic in `summary/` its store, timers and tools, and exposes it. */
import { builtInTool } from '../src/domain/tools/built-in.ts';
import { openDexiePort } from '../src/store/dexie-port.ts';
import { exposeApi } from './expose-api.ts';
import { summaryApi } from './summary/api.ts';

const timers = {
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

exposeApi(
  summaryApi({
    openPort: (database) => openDexiePort(database, { mayCreate: false }),
    timers,
    sectionsOf: (tool) => builtInTool(tool)?.sections.map(({ id }) => id) ?? [],
  }),
);
