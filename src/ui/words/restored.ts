/** What a restore of the council's server did not bring back. */
import { plural } from './plural.ts';

export const restored = {
  href: '/organisation/missing',
  link: 'What did not come back',
  banner: (when: string, changes: number) =>
    `The council’s server was put back to an earlier state, noticed on ${when}. ${plural(changes, 'change')} ${changes === 1 ? 'has' : 'have'} not come back.`,
  bannerLink: 'See whose, and what to do',
  later: 'Later',

  title: 'What a restore did not bring back',
  offline: 'The list is on the council’s server. It appears as soon as this laptop reaches it.',
  asking: 'Asking the council’s server…',
  never: 'The council’s server has not been put back to an earlier state. Nothing is missing.',
  noticed: (when: string) =>
    `On ${when} it was noticed that the council’s server had been put back to an earlier state. Laptops bring back by themselves what they handed in since, for 30 days. What is listed here a laptop has seen, and none has brought back.`,
  waiting: (changes: number) =>
    `${plural(changes, 'change')} came back and ${changes === 1 ? 'waits' : 'wait'} for something in this list: for example grades for an audit that is missing. ${changes === 1 ? 'It enters' : 'They enter'} the record by ${changes === 1 ? 'itself' : 'themselves'} once that is back.`,
  none: 'Nothing is missing that a laptop has seen.',
  doTitle: 'What to do',
  todo: [
    'Ask each person named here to open Plumbline on the laptop they used then, and to connect. What that laptop still has comes back by itself, and leaves this list.',
    'If that laptop is lost, or was set up anew, ask them to write the part again in the audit. If the audit itself is not here, allocate it again first. What has been written again leaves this list, whoever wrote it.',
  ],
  more: (shown: number, of: number) => `The first ${shown} of ${of} changes are shown.`,
  tableTitle: (changes: number) => `Missing changes (${changes})`,
  whose: 'Whose',
  what: 'What',
  made: 'When it was made',
  madeUnknown: 'Not known',
  laptop: (id: string) => `Laptop ${id}`,
  part: (title: string) => `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
  unseen: (changes: number) =>
    `${plural(changes, 'change')} that no other laptop has seen. Only its person can say what ${changes === 1 ? 'it was' : 'they were'}.`,
  notHere: (kind: string) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)} that is not here`,
  againTitle: 'Written again since',
  againLead: 'Somebody has written these parts again since they were known to be missing.',
} as const;
