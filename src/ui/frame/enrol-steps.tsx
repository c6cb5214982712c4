/** Setting up a second factor, as far as the form that proves it: the key for the app, and the recovery codes to keep. */
import type { ComponentChildren } from 'preact';
import type { Enrolment } from '../../protocol/problem.ts';
import { QrCode } from '../parts/qr-code.tsx';
import { words } from '../words.ts';

interface EnrolStepsProps {
  readonly enrolment: Enrolment;
  /** The form with the code. */
  readonly children: ComponentChildren;
}

export function EnrolSteps({ enrolment, children }: EnrolStepsProps) {
  const { secret, uri, codes } = enrolment;
  const { account } = words;
  return (
    <div class="app-enrol">
      <h2 class="govuk-heading-s">{account.enrolScan}</h2>
      <p class="govuk-body">{account.enrolScanHelp}</p>
      <QrCode text={uri} label={account.enrolPicture} />
      <p class="govuk-body">
        {account.enrolKey}: <span class="app-enrol__key">{secret.replace(/.{4}(?=.)/g, '$& ')}</span>
      </p>
      <h2 class="govuk-heading-s" id="enrol-codes">
        {account.enrolCodes}
      </h2>
      <p class="govuk-body">{account.enrolCodesHelp}</p>
      <ul class="app-enrol__codes" aria-label={account.enrolCodesLabel}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-s">{account.enrolProve}</h2>
      {children}
    </div>
  );
}
