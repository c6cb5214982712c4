/**
 * The accessibility statement, by the government's model for public sector bodies. Honest: what has been tested and how, and what
 * has not. A change of what is tested changes it.
 */
interface StatementPart {
  readonly title: string;
  /** `contact`: whom the council names. */
  readonly paragraphs: readonly string[] | 'contact';
  readonly list: readonly string[];
}

const parts: readonly StatementPart[] = [
  {
    title: 'What you should be able to do',
    paragraphs: ['We want as many people as possible to be able to use Plumbline. You should be able to:'],
    list: [
      'zoom in up to 400% without having to scroll sideways',
      'do everything with a keyboard alone, and grade with single keys or switch those off on “This laptop”',
      'use a screen reader: headings, labels and errors are named, and what changes without your doing is said',
      'read every grade and state in words, never by colour alone, and every chart as a table too',
      'use high contrast colours of your system, and ask for less movement',
    ],
  },
  {
    title: 'How accessible it is',
    paragraphs: ['We know that some parts may not be fully accessible:'],
    list: [
      'nobody who uses a screen reader, speech recognition or a screen magnifier every day has tested it yet',
      'tables of figures with many columns scroll sideways in a box of their own on a narrow screen; the box takes the keyboard',
      'files you download as CSV have no headings that a screen reader could announce; the same figures are tables on the screen',
      'what auditors wrote, and names of columns in files that were imported, are shown as they came',
    ],
  },
  {
    title: 'Time limits',
    paragraphs: [
      'Plumbline locks itself after ten minutes without use, because what it shows is about children. A minute before, it says so, and any key or movement keeps it open. Nothing is lost when it locks: what you wrote is saved first.',
      'Your sign-in to the council’s server ends after a time. You can go on working, and sign in again when it suits you.',
    ],
    list: [],
  },
  {
    title: 'Feedback and contact',
    paragraphs: 'contact',
    list: [],
  },
  {
    title: 'Enforcement procedure',
    paragraphs: [
      'The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the “accessibility regulations”). If you are not happy with how your council responds to your complaint, contact the Equality Advisory and Support Service (EASS).',
    ],
    list: [],
  },
  {
    title: 'Compliance status',
    paragraphs: [
      'This application is partially compliant with the Web Content Accessibility Guidelines (WCAG) version 2.2, level AA. We know of no criterion that it fails, but nobody from outside has audited it, and the parts listed above have not been tested by the people they matter to most.',
    ],
    list: [],
  },
  {
    title: 'How it was tested',
    paragraphs: [
      'Every version is tested by programs before it is released, on Chromium, by whoever makes Plumbline. They find some faults and not others. They are:',
    ],
    list: [
      'axe-core, by the rules for WCAG 2.0, 2.1 and 2.2 A and AA, on the screens of auditors, leads and newcomers with data, errors and dialogs open, each at 1,440 and at 320 pixels wide (400% zoom); among the rules is the target size of 24 pixels',
      'that at 320 pixels none of these screens is wider than the screen',
      'a whole audit, opened, graded, read through and submitted by keyboard alone',
      'that the focus goes to the heading of each new page and to the summary of errors, and that what is saved where is announced',
      'that it warns a minute before it locks itself',
    ],
  },
  {
    title: 'Preparation of this statement',
    paragraphs: [
      'This statement was prepared on 26 November 2026. It is part of the program and describes the version you are using.',
    ],
    list: [],
  },
];

const whenHard =
  'If something is hard to use, or you need what Plumbline shows in another format, such as large print, easy read or on paper,';
const tellAtHand =
  'tell your QA lead or your council’s IT service desk. Your council’s own website says how else to reach it, and how soon it answers.';

/** Whom to tell. `none`: the council names nobody; `away`: its server cannot be asked now; `no-server`: there is none. */
export type Contact =
  { readonly kind: 'named'; readonly contact: string } | { readonly kind: 'none' | 'away' | 'no-server' };

function contactLines(of: Contact): readonly string[] {
  switch (of.kind) {
    case 'named':
      return [`${whenHard} contact your council: ${of.contact}`];
    case 'none':
      return [`${whenHard} ${tellAtHand}`, 'Your council has not named a contact for accessibility in Plumbline.'];
    case 'away':
      return [`${whenHard} ${tellAtHand}`, 'Whom your council names is on its server, which cannot be reached now.'];
    case 'no-server':
      return [`${whenHard} ${tellAtHand}`];
    default:
      return of satisfies never;
  }
}

export const accessibility = {
  href: '/accessibility',
  link: 'Accessibility statement',
  linkNewTab: 'Accessibility statement (opens in a new tab)',
  title: 'Accessibility statement for Plumbline',
  toTheDoor: 'Go to Plumbline',
  appliesTo: (runBy: string | null) =>
    `This statement applies to Plumbline, the web application for case-file audit that you are using. It is run by ${runBy === null || runBy === '' ? 'the council whose web address this is' : runBy}.`,
  parts,
  contactLines,
} as const;
