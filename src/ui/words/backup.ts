/** The backup file: saving one, opening one, and bringing one in. */
import type { Referent } from '../../domain/bring-in/references.ts';
import type { Kind } from '../../domain/record.ts';
import type { BackupProblem } from '../../protocol/backup.ts';
import type { StoreProblem } from '../../protocol/problem.ts';
import type { Cancelled } from '../../store/backup/failure.ts';
import type { OutReason } from '../../store/backup/told.ts';
import { plural } from './plural.ts';
import { storeSentence } from './problems.ts';

const kinds: Readonly<Partial<Record<Kind, readonly [one: string, many: string]>>> = {
  settings: ['name of the organisation', 'names of organisations'],
  service: ['service', 'services'],
  team: ['team', 'teams'],
  person: ['person', 'people'],
  tool: ['audit tool', 'audit tools'],
  import: ['import', 'imports'],
  audit: ['audit', 'audits'],
};

const referents: Readonly<Record<Referent, { readonly one: string; readonly many: string }>> = {
  service: { one: 'service', many: 'services' },
  team: { one: 'team', many: 'teams' },
  tool: { one: 'audit tool', many: 'audit tools' },
  person: { one: 'person', many: 'people' },
};

export const backup = {
  title: 'Backup file',
  lead: 'A backup file holds everything on this laptop, sealed with a passphrase of its own.',
  last: 'Last backup',
  lastNever: 'Never',
  lastAgo: (ago: string, since: number) =>
    `${ago} ago; ${since === 0 ? 'nothing has been done since' : `${plural(since, 'change')} since`}`,
  save: 'Save a backup file',
  reminder: (ago: string | null, since: number) =>
    ago === null
      ? `Your work is on this laptop alone, and there is no backup of it yet (${plural(since, 'change')}).`
      : `The last backup of your work is ${ago} old; ${plural(since, 'change')} since.`,
  reminderLink: 'Go to the backup file',
  full: 'The disk is full. Everything, also what is not saved yet, can go into a backup file on another disk.',

  passphraseLead:
    'Whoever has the file and its passphrase has everything in it. Without the passphrase nobody can open it, and nobody can give you another.',
  passphraseHint:
    'At least 12 characters. You can use this laptop’s passphrase again, or choose another for this file alone.',
  saveSubmit: 'Save the file',
  preparing: 'Preparing the file',
  saving: (done: number, all: number) => `Saving: ${plural(done, 'record')} of ${all.toLocaleString('en-GB')}`,
  savedTitle: 'The backup file is made',
  saved: (name: string, size: string) => `${name} (${size}). Keep it where this laptop’s loss does not reach it.`,
  savedLink: 'If it was not saved by itself, save it here',
  size: (bytes: number) =>
    bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`,

  bringIn: 'Bring in a file',
  bringInTitle: 'Bring in a backup file',
  bringInLead:
    'Brings in work from a backup file: what you did on another laptop, or what this one has lost. Nothing is written before you have seen what comes in.',
  file: 'Backup file',
  fileHint: 'Its name ends in .plumbline',
  filePassphrase: 'Passphrase of the file',
  filePassphraseHint: 'The one chosen when the file was saved',
  chooseFile: 'Choose a file',
  enterPassphrase: 'Enter the passphrase of the file',
  read: 'Open the file',
  opening: 'Opening the file',
  reading: 'Reading the file',
  counting: 'Working out what comes in',
  percent: (share: number) => `${Math.floor(share * 100)}%`,

  lookTitle: 'What is in this file',
  from: 'Work of',
  fromAt: (name: string, organisation: string) => (organisation === '' ? name : `${name}, ${organisation}`),
  made: 'Saved on',
  holds: 'Holds',
  holdsCounts: (audits: number, submitted: number, imports: number) =>
    `${plural(audits, 'audit')}, ${submitted.toLocaleString('en-GB')} of them submitted; ${plural(imports, 'import')}`,
  lookSame: 'It is your own work. Only what is missing on this laptop comes in.',
  lookJoin:
    'It was made on a laptop of one person alone. The next pages ask which services, teams, tools and people of the file are which here. Everything keeps the day on which it was done, and is yours.',
  meIs: (name: string) => `${name} in the file is you.`,
  continue: 'Continue',

  namesTitle: (what: Referent) => `Which ${referents[what].many} are these?`,
  namesLead: (what: Referent) =>
    `For each ${referents[what].one} of the file, say which one it is here. One whose name is the same here is filled in; check that it is right.`,
  teamOf: (team: string, service: string) => `${team}, ${service}`,
  namedBy: (count: number) =>
    count === 0 ? 'No audit names it' : `${plural(count, 'audit or import', 'audits and imports')}`,
  optionsHere: 'Already here',
  optionsElse: 'Otherwise',
  make: (name: string) => `Make “${name}” here`,
  leave: 'Leave it out, with everything that names it',
  nameMissing: (name: string) => `Say what “${name}” is here`,
  rolesNot: 'People who are made here have no role until you give them one under Organisation.',

  checkTitle: 'Check what comes in',
  checkLead: 'Nothing has been written yet.',
  comes: 'Comes in',
  came: 'Came in',
  comesNothing: 'Nothing in this file is missing here, so nothing comes in.',
  here: 'Here already, and left as it is',
  out: 'Does not come in',
  outDone: 'Did not come in',
  outLead:
    'It is kept on this laptop with its whole text, and listed under “This laptop”. The file still holds it too.',
  what: 'What',
  howMany: 'How many',
  why: 'Why',
  counted: (kind: Kind, count: number) => {
    const [one, many] = kinds[kind] ?? ['other record', 'other records'];
    return plural(count, one, many);
  },
  kindName: (kind: Kind) => {
    const [, many] = kinds[kind] ?? ['', 'other records'];
    return many.charAt(0).toUpperCase() + many.slice(1);
  },
  write: 'Bring it in',
  keepOnly: 'Keep what does not come in',
  writing: 'Bringing it in',

  resultTitle: 'The file has been brought in',
  resultPartTitle: 'Stopped',
  resultPart:
    'What had come in until then is here, each audit whole. Bring in the same file again to go on; nothing comes in twice.',
  resultNothing: 'Nothing was missing.',
  resultOut: 'See what did not come in',
  resultSent: 'It is saved on this laptop and goes to the council’s server by itself.',
  resultHere: 'It is saved on this laptop.',
  another: 'Bring in another file',
  toWork: 'Go to your work',

  openTitle: 'Open a backup file',
  openDoor: 'Open a backup file',
  openDoorLead: 'Have you saved your work of another laptop into a file?',
  openLead:
    'Puts everything of a backup file onto this laptop, as it was on the one it was saved on. For work on one laptop only; a council’s work comes from its server.',
  openPassphraseTitle: 'Choose a passphrase for this laptop',
  openPassphraseLead: (name: string, made: string) =>
    `The file holds the work of ${name}, as of ${made}. On this laptop it is sealed with a passphrase of its own, which you will be asked for each time you open Plumbline here.`,
  openSubmit: 'Continue',
  openWriting: 'Putting everything onto this laptop',

  keptTitle: 'Left out of a file',
  keptLead: (count: number) =>
    `${plural(count, 'change')} of a file that was brought in did not come in. ${count === 1 ? 'It is' : 'They are'} kept here; nobody else sees ${count === 1 ? 'it' : 'them'}.`,
  keptForget: 'Remove from this laptop',
  keptForgetAsk: 'Remove what was left out?',
  keptForgetBody: 'It is removed from this laptop. The file it came from still holds it, and can be brought in again.',
} as const;

/** Why something of a file did not come in. */
export function outSentence(why: OutReason): string {
  switch (why) {
    case 'not-allowed':
      return 'Your role here does not let you add this.';
    case 'closed':
      return 'The audit has been submitted or voided here.';
    case 'not-the-writer':
      return 'Somebody else did this, and only they can say so.';
    case 'left-out':
      return 'You left it out.';
    case 'no-service':
      return 'Its service was left out.';
    case 'no-team':
      return 'Its team was left out.';
    case 'no-tool':
      return 'Its audit tool was left out, or is not known here.';
    case 'no-person':
      return 'A person it names was left out.';
    case 'overtaken':
      return 'Somebody else has changed this here since.';
    case 'refused':
      return 'It had already been refused when the file was saved.';
    default:
      return why satisfies never;
  }
}

/** Why a file cannot be saved, read or brought in. */
export function backupSentence(problem: BackupProblem | StoreProblem | Cancelled): string {
  switch (problem.kind) {
    case 'disk-full':
      return 'This laptop’s disk is full, so not everything has come in. What came in is whole. Free some space, then bring in the same file again.';
    case 'invalid-value':
    case 'too-much-text':
    case 'locked':
    case 'storage-lost':
    case 'storage-closed':
    case 'blocked':
    case 'build-too-old':
    case 'storage-failed':
      return storeSentence(problem);
    case 'unwritable-backup':
      return 'The file could not be written. Check that the disk has room and is still connected, then save it again.';
    case 'not-a-backup':
      return 'This is not a Plumbline backup file. Choose a file whose name ends in .plumbline.';
    case 'newer-backup':
      return 'This file was saved by a newer version of Plumbline. Update Plumbline here, then open it again.';
    case 'strange-backup':
      return 'The first line of this file asks for something no Plumbline file asks for. It is damaged, or was made by somebody else. Nothing has been read.';
    case 'wrong-file-passphrase':
      return 'That is not the passphrase of this file. Check Caps Lock and try again. If you are sure of it, the file is damaged at its beginning.';
    case 'damaged-backup':
      return 'This file is damaged: part of it is missing or has been changed since it was saved. Use another copy of it. Nothing has been brought in.';
    case 'strange-content':
      return 'This file opens, but holds something Plumbline does not write. Nothing has been brought in. Use another backup.';
    case 'too-large-backup':
      return 'This file would unpack to more than Plumbline ever saves. Nothing has been brought in. Use another backup.';
    case 'unreadable-backup':
      return 'The browser cannot read this file any more. Check that it is still where it was, then choose it again.';
    case 'another-persons':
      return 'This file holds somebody else’s work for this council. Only they can bring it in, signed in as themselves.';
    case 'another-councils':
      return 'This file holds work that belongs to another council’s server. It can only be brought in there.';
    case 'of-a-server':
      return 'This file was saved on a laptop that works with a council’s server. Sign in to that server here, then bring the file in under “This laptop”.';
    case 'already-here':
      return 'The work in this file is on this laptop already. Unlock it, then bring the file in under “This laptop”: what is missing comes in.';
    case 'cancelled':
      return 'Stopped. Nothing has been brought in.';
    default:
      return problem satisfies never;
  }
}
