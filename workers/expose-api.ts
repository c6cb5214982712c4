/**
 * Exposes a worker's functions to the page that started it, and nothing else. Comlink itself would let whoever holds the worker
 * read, set or construct whatever can be reached from the object: here a message is one call of one of its own functions,
 * or is not heard at all (FAULTS S15).
 */
import { expose, type Endpoint } from 'comlink';

/** Exposes the functions of `api` to `endpoint`: to the page, in a worker. */
export function exposeApi(api: object, endpoint: Endpoint = globalThis as unknown as Endpoint): void {
  // Before Comlink's own listener, which then never sees what is stopped here.
  endpoint.addEventListener('message', (event) => {
    if (!isCall(api, (event as MessageEvent<unknown>).data)) event.stopImmediatePropagation();
  });
  expose(api, endpoint);
}

function isCall(api: object, message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('type' in message)) return false;
  if (message.type === 'RELEASE') return true;
  if (message.type !== 'APPLY' || !('path' in message) || !('argumentList' in message)) return false;
  const { path, argumentList } = message;
  const [name, ...rest]: readonly unknown[] = Array.isArray(path) ? path : [];
  const isOwn = typeof name === 'string' && Object.hasOwn(api, name) && typeof Reflect.get(api, name) === 'function';
  return isOwn && rest.length === 0 && Array.isArray(argumentList) && argumentList.every(isArgument);
}

const isArgument = (argument: unknown): boolean =>
  typeof argument === 'object' && argument !== null && 'type' in argument;
