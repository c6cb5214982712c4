/** What an error of PostgreSQL, or of the way to it, says about the database (SQLSTATE, Node's codes, the client's words). */
import type { Failure } from './engine.ts';

const undone = /^(40001|40P01)$/;
const lost = /^(08...|57P0.|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT)$/;
/** Full, out of memory or connections, waited too long for a lock or took too long, or its disk does not answer. */
const unavailable = /^(53...|55P03|57014|25P0[34]|58030)$/;

/** The client gives these no code. Of an answer that did not come in time nobody can say what it would have been. */
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout)/;
const unavailableWords = /^(timeout exceeded when trying to connect|timeout expired)/;

export function failureOf(error: unknown): Failure {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const said = typeof code === 'string' ? code : '';
  const words = typeof message === 'string' ? message : '';
  if (undone.test(said)) return 'undone';
  if (lost.test(said) || (said === '' && lostWords.test(words))) return 'lost';
  return unavailable.test(said) || (said === '' && unavailableWords.test(words)) ? 'unavailable' : 'other';
}
