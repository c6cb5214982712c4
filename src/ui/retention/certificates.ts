/** The certificates of erasure among the council's settings, newest first, and as rows of a file. Numbers and days alone. */
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import { unitSubject } from '../../domain/unit-names.ts';
import type { CertificateValue } from '../../domain/values.ts';
import { personById, type Organisation } from '../data/organisation.ts';
import type { Row } from '../export/preamble.ts';
import { dayAt, dayText } from '../format.ts';
import { words } from '../words.ts';
import { exporting } from '../words/export.ts';
import { retention as say } from '../words/retention.ts';

export interface Certificate extends CertificateValue {
  readonly id: string;
}

export const certificatesIn = (units: ShownUnits): readonly Certificate[] =>
  Object.keys(units)
    .filter((unit) => unit.startsWith('certificate:'))
    .flatMap((unit) => {
      const value = shownValue<CertificateValue>(units, unit);
      return value === undefined ? [] : [{ ...value, id: unitSubject(unit) }];
    })
    .sort((a, b) => b.at - a.at);

export const columns: readonly string[] = [
  say.erasedOn,
  say.audits,
  say.changes,
  say.lastChanged,
  say.underPeriodOf,
  say.certificate,
  say.chain,
];

export const cellsOf = (
  organisation: Organisation,
  { id, at, audits, changes, from, to, by, place, head }: Certificate,
): readonly (string | number)[] => [
  dayText(dayAt(at)),
  audits,
  changes,
  say.between(dayText(from), dayText(to)),
  personById(organisation, by)?.name ?? words.names.unknownPerson,
  id,
  say.place(place, head),
];

export const certificateRows = (organisation: Organisation, certificates: readonly Certificate[]): readonly Row[] => [
  [exporting.authority, organisation.authorityName ?? ''],
  columns,
  ...certificates.map((certificate) => cellsOf(organisation, certificate)),
];
