/** What a verification says to the person who asked for it. */
import type { Finding, FindingKind } from './finding.ts';
import type { Verified } from './verify.ts';

/** As many findings are listed one by one. */
const listed = 100;

const names: Readonly<Record<FindingKind, string>> = {
  edited: 'was changed',
  deleted: 'was taken out',
  inserted: 'was put in',
  moved: 'stands where it was not taken',
  broken:
    'does not go on from the one before it: it was changed beside its content, or something between was taken out',
  cut: 'is missing: the end was cut off',
  rewritten: 'is not what it was',
};

export function toldOf({ findings, entries, records, erased, tip, epochs, anchors }: Verified, asked: number): string {
  const history = epochs
    .slice(1)
    .map(({ place }) => `A backup was put back: its history goes on from place ${place}.\n`)
    .join('');
  const read = `${entries} entries and ${records} records were read. The head is ${tip.head} at place ${tip.place}.\n`;
  const gone =
    erased === 0
      ? ''
      : `Of ${erased} audits the content was erased when its time had passed; the rest of them was checked.\n`;
  return `${verdict(findings)}${read}${gone}${history}${anchorsTold(anchors, asked, findings)}`;
}

function verdict(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing was changed, taken out, put in or moved.\n';
  const lines = findings.slice(0, listed).map((finding) => `- ${sentence(finding)}\n`);
  const more = findings.length > listed ? `and ${findings.length - listed} more.\n` : '';
  return `The record is NOT as it was written. ${findings.length} found:\n${lines.join('')}${more}`;
}

const sentence = ({ kind, place, about }: Finding): string =>
  `${place === null ? '' : `place ${place}: `}${about} ${names[kind]}`;

function anchorsTold({ fits, lost }: Verified['anchors'], asked: number, findings: readonly Finding[]): string {
  if (asked === 0) {
    return 'No anchor was given: that the end was cut off, or everything written anew, shows only beside a head that was kept elsewhere.\n';
  }
  const gone = lost === 0 ? '' : `${lost} of them are of what was lost with a restore.\n`;
  const isContradicted = findings.some(({ kind }) => kind === 'cut' || kind === 'rewritten');
  if (isContradicted || fits === null) return gone;
  return `It goes on from all ${asked - lost} anchors, of which the newest is of place ${fits.place} at ${fits.at}.\n${gone}`;
}
