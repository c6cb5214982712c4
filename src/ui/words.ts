/**
 * Every sentence a person reads, as one object. Each area has its own file in `words/`; nothing outside them holds text
 * for people, so that the whole voice of the product can be read, corrected and one day translated in one place.
 */
import { auditForm } from './words/audit-form.ts';
import { audits } from './words/audits.ts';
import { backup, backupSentence, outSentence } from './words/backup.ts';
import { doors } from './words/doors.ts';
import { exporting } from './words/export.ts';
import { homes } from './words/homes.ts';
import { frame } from './words/frame.ts';
import { importing } from './words/import.ts';
import { account } from './words/account.ts';
import { allocate } from './words/allocate.ts';
import { organisation } from './words/organisation.ts';
import { percentages } from './words/percentages.ts';
import { parts } from './words/parts.ts';
import { losses } from './words/losses.ts';
import { names } from './words/names.ts';
import { passkey } from './words/passkey.ts';
import { promises } from './words/promises.ts';
import { thisLaptop } from './words/this-laptop.ts';
import {
  cycleSentence,
  gateSentence,
  heldSentence,
  storeSentence,
  syncSentence,
  unlockSentence,
  weakSentence,
} from './words/problems.ts';

export const words = {
  account,
  allocate,
  auditForm,
  audits,
  backup,
  doors,
  exporting,
  frame,
  homes,
  importing,
  losses,
  names,
  organisation,
  parts,
  passkey,
  percentages,
  promises,
  thisLaptop,
  problems: {
    backup: backupSentence,
    cycle: cycleSentence,
    gate: gateSentence,
    held: heldSentence,
    out: outSentence,
    store: storeSentence,
    sync: syncSentence,
    weak: weakSentence,
    unlock: unlockSentence,
  },
} as const;
