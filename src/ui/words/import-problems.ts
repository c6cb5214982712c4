/** What may be wrong with a file of graded records, or worth knowing of it, each as a sentence that says what to do. */
import type { NamedPlace } from '../../domain/import/found-names.ts';
import type { OtherScale } from '../../domain/import/labels.ts';
import type { ImportNotice } from '../../protocol/import.ts';
import type { ImportStop } from '../../protocol/import-job.ts';
import { number, plural } from './plural.ts';
import { storeSentence } from './problems.ts';

const megabytes = (bytes: number): string => `${number(Math.round(bytes / 1_000_000))} MB`;

const scales: Readonly<Record<OtherScale, string>> = {
  met: 'met and not met',
  'yes-no': 'yes and no',
  'red-amber-green': 'red, amber and green',
  'pass-fail': 'pass and fail',
  compliant: 'compliant and not compliant',
  'older-grades': 'older grades, such as satisfactory',
  numbers: 'numbers',
};

const namedPlaces: Readonly<Record<NamedPlace, string>> = {
  service: 'services',
  team: 'teams',
  auditor: 'auditors',
};

/** Why an import did not go on, and what to do. */
export function stopSentence(stop: ImportStop): string {
  switch (stop.kind) {
    case 'not-text':
      return notTextSentence(stop.found);
    case 'too-big':
      return `This file is ${megabytes(stop.bytes)}. Files up to ${megabytes(stop.limit)} can be imported. Leave out columns you do not need, or split it into several files.`;
    case 'one-column':
      return `No columns were found in this file. Its first line is “${stop.firstLine}”. Save the spreadsheet as CSV, with commas, semicolons or tabs between the columns, and choose it again.`;
    case 'too-many-columns':
      return `Row ${number(stop.row)} has ${number(stop.columns)} columns. Files with up to ${number(stop.limit)} columns can be imported. Leave out columns you do not need, or check that the rows end where they should.`;
    case 'row-too-long':
      return `Row ${number(stop.row)} is longer than ${number(stop.limit)} characters. A quotation mark may be missing there, so that many rows are read as one. Correct the row and choose the file again.`;
    case 'no-rows':
      return 'There are no rows in this file. It needs a row of headings and at least one row beneath it.';
    case 'too-many-rows':
      return `This file has more than ${number(stop.limit)} rows. Split it into several files and import one after the other.`;
    case 'unreadable':
      return `The browser could not read this file (${stop.why}). It may have been moved, changed or opened by another program since it was chosen. Choose it again.`;
    case 'cancelled':
      return 'The reading was stopped. Nothing has been written.';
    case 'too-many-names':
      return `More than ${number(stop.limit)} different ${namedPlaces[stop.place]} were found. Check which column you chose for them: it may hold something else.`;
    case 'look-again':
      return 'What is on this laptop has changed since the file was checked. Check it again before you go on.';
    case 'one-at-a-time':
      return 'Another Plumbline tab is adding records just now. Wait until it is done, then try again: only what is missing will be added.';
    case 'thread-lost':
      return 'The import stopped working on this laptop. What was added so far is whole. Try again: only what is missing will be added.';
    case 'disk-full':
      return 'This laptop’s disk is full. What was added so far is whole. Free some space, then try again: only what is missing will be added.';
    case 'invalid-value':
      return `A row cannot be kept as it is, because ${stop.field} ${stop.why}. What was added before it is whole. Correct the file or leave that column out, then import it again.`;
    default:
      return storeSentence(stop);
  }
}

function notTextSentence(found: 'zip' | 'xls' | 'nul'): string {
  switch (found) {
    case 'zip':
      return 'This is a spreadsheet or a zip file, not a CSV file, whatever it is called. Open it in Excel, choose Save As and “CSV UTF-8 (Comma delimited)”, then choose that file.';
    case 'xls':
      return 'This is an old Excel workbook (.xls), not a CSV file. Open it in Excel, choose Save As and “CSV UTF-8 (Comma delimited)”, then choose that file.';
    case 'nul':
      return 'This is not a text file. Choose a CSV file, for example one saved from a spreadsheet.';
    default:
      return found satisfies never;
  }
}

/** What is worth knowing about how a file was read. */
export function noticeSentence(notice: ImportNotice): string {
  switch (notice.kind) {
    case 'duplicate-headings':
      return `Columns ${notice.letters.join(' and ')} have the same heading, “${notice.heading}”. They are told apart by their letters.`;
    case 'headings-look-like-values':
      return 'The row of headings looks like data. If the headings are in another row, choose it below.';
    case 'control-characters':
      return `${plural(notice.count, 'character')} that cannot be shown ${notice.count === 1 ? 'was' : 'were'} taken out.`;
    case 'broken-characters':
      return `${plural(notice.count, 'character')} could not be read and ${notice.count === 1 ? 'shows' : 'show'} as “\ufffd”. The file may have been saved in the wrong encoding.`;
    case 'uneven-rows':
      return unevenSentence(notice);
    case 'stray-quotes':
      return `${plural(notice.rows, 'row')}, first row ${number(notice.firstRow)}, ${notice.rows === 1 ? 'has' : 'have'} text after a closing quotation mark. Check that the cells there are as they should be.`;
    case 'unclosed-quote':
      return `A quotation mark in row ${number(notice.row)} is never closed, so the rest of the file is read as one cell. Correct it and choose the file again.`;
    case 'long-cells':
      return `${plural(notice.count, 'cell')} ${notice.count === 1 ? 'is' : 'are'} longer than ${number(notice.limit)} characters and ${notice.count === 1 ? 'was' : 'were'} cut.`;
    case 'second-scale':
      return `Column ${notice.letter}, “${notice.heading}”, mixes ${plural(notice.known, 'grade')} with ${plural(notice.other, 'label')} of another kind (${scales[notice.scale]}). Those count as no grade unless you say what they mean.`;
    default:
      return notice satisfies never;
  }
}

function unevenSentence({ shorter, longer, firstRow }: ImportNotice & { readonly kind: 'uneven-rows' }): string {
  const parts = [
    ...(shorter > 0 ? [`${plural(shorter, 'row')} ${shorter === 1 ? 'ends' : 'end'} before the last heading`] : []),
    ...(longer > 0 ? [`${plural(longer, 'row')} ${longer === 1 ? 'goes' : 'go'} beyond it`] : []),
  ];
  return `${parts.join(' and ')}, first row ${number(firstRow)}. Check that the columns are in line there.`;
}
