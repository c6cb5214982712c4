/** A copy of one person's work as its keyring entry says it, for tests that open nothing with it. */
import type { Copy } from '../../src/store/keyring-entry.ts';
import { authority, device, hex, me } from '../store/laptop.ts';

export const copy: Copy = {
  keyring: hex(7),
  home: 'server',
  authority,
  authorityName: 'Testshire',
  person: me,
  label: 'alex@example.org',
  database: 'plumbline-7',
  device,
  createdMs: 1_000,
};
