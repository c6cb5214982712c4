/**
 * What was found as two files: one to be read and printed (HTML without a script, which may load nothing), one for another
 * system (JSON). Both are marked, and say who made them when, of what, and what has to be looked at.
 */
import type { PersonId } from '../../domain/ids.ts';
import { personById, type Organisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { exporting } from '../words/export.ts';
import { subjectAccess as say } from '../words/subject-access.ts';
import { contentsLines, type Contents } from './contents.ts';
import type { AuditAccount, Chapter, Collected, Passage } from './disclosure.ts';
import type { Line } from './value-lines.ts';

export interface FileAbout {
  readonly authorityName: string;
  readonly reference: string;
  readonly search: string;
  readonly by: string;
  readonly atMs: number;
  readonly contents: Contents;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const style = `body{font:16px/1.5 Arial,sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#0b0c0c}
h1,h2,h3,h4{line-height:1.25}h2{border-top:3px solid #0b0c0c;padding-top:.5em;margin-top:2em;page-break-before:always}
.marking{font-weight:bold;letter-spacing:.05em}dl{margin:0 0 1em}dt{font-weight:bold}dd{margin:0 0 .5em;white-space:pre-wrap;overflow-wrap:anywhere}
.about{color:#484949;margin:0}.review{border-left:5px solid #0b0c0c;padding-left:.75em}.mark{font-weight:normal;text-decoration:underline}`;

export function readableFile(about: FileAbout, accounts: readonly AuditAccount[]): string {
  const title = say.fileTitle(about.reference);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(`${exporting.marking}: ${title}`)}</title>
<style>${style}</style>
</head>
<body>
<p class="marking">${safe(exporting.marking)}</p>
<h1>${safe(title)}</h1>
${linesHtml([
  { name: exporting.authority, text: about.authorityName, review: null },
  { name: say.madeBy, text: about.by, review: null },
  { name: say.madeAt, text: momentText(about.atMs), review: null },
  { name: say.searchId, text: about.search, review: null },
])}
<h3>${safe(say.contents)}</h3>
${listHtml([...contentsLines(about.contents), ...say.limits])}
<h3>${safe(say.readFirst)}</h3>
${listHtml(say.reviewNotes)}
${accounts.map(accountHtml).join('\n')}
<p class="marking">${safe(exporting.marking)}</p>
</body>
</html>
`;
}

const accountHtml = ({ title, notes, chapters }: AuditAccount): string =>
  `<h2>${safe(title)}</h2>\n${listHtml(notes)}\n${chapters.map(chapterHtml).join('\n')}`;

const listHtml = (notes: readonly string[]): string =>
  `<ul>${notes.map((note) => `<li>${safe(note)}</li>`).join('')}</ul>`;

const chapterHtml = ({ title, passages }: Chapter): string =>
  `<h3>${safe(title)}</h3>\n${passages.map(passageHtml).join('\n')}`;

const passageHtml = ({ title, about, lines }: Passage): string =>
  `<h4>${safe(title)}</h4>\n<p class="about">${safe(about)}</p>\n${lines.length === 0 ? '' : linesHtml(lines)}`;

const linesHtml = (lines: readonly Line[]): string =>
  `<dl>${lines
    .map(({ name, text, review }) => {
      const mark = review === null ? '' : ` <span class="mark">${safe(say.review[review])}</span>`;
      return `<div${review === null ? '' : ' class="review"'}><dt>${safe(name)}${mark}</dt><dd>${safe(text)}</dd></div>`;
    })
    .join('')}</dl>`;

/** As the server told it, with the names of the people it speaks of. */
export function dataFile(about: FileAbout, collected: readonly Collected[], organisation: Organisation): string {
  const text = JSON.stringify(collected);
  const people = organisation.people.filter(({ id }) => text.includes(id));
  return JSON.stringify(
    {
      marking: exporting.marking,
      format: 'plumbline-subject-access',
      version: 1,
      authority: about.authorityName,
      reference: about.reference,
      search: about.search,
      madeBy: about.by,
      made: new Date(about.atMs).toISOString(),
      contents: about.contents,
      people: Object.fromEntries(people.map(({ id }) => [id, personById(organisation, id as PersonId)?.name ?? ''])),
      audits: collected.map(({ found, held }) => ({ ...found, ...held })),
    },
    null,
    2,
  );
}
