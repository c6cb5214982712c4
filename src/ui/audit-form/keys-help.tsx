/** The keys of the form, and the switch that turns single keys off (WCAG 2.1.4). */
import { useEffect, useRef } from 'preact/hooks';
import type { Scale } from '../../domain/grade.ts';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkboxes.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';

interface KeysHelpProps {
  readonly scale: Scale;
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
  readonly onClose: () => void;
}

export function KeysHelp({ scale, singleKeys, onSingleKeys, onClose }: KeysHelpProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const grades = scale.grades.map(({ key, name }) => ({
    single: key,
    alt: `Alt+${key}`,
    does: `${say.gradeLegend}: ${name}`,
  }));
  const keys = [
    ...grades,
    { single: 'n', alt: 'Alt+↓', does: say.keysNext },
    { single: 'p', alt: 'Alt+↑', does: say.keysPrevious },
    { single: 'e', alt: '', does: say.keysEvidence },
    { single: 'r', alt: '', does: say.keysRationale },
    { single: '?', alt: '', does: say.keysHelp },
    { single: 'Esc', alt: '', does: say.keysEscape },
  ];
  return (
    <section class="app-keys" aria-labelledby="keys-title">
      <div class="app-keys__head">
        <h2 id="keys-title" class="govuk-heading-s" tabIndex={-1} ref={title}>
          {say.keysTitle}
        </h2>
        <Button kind="link" onClick={onClose}>
          {words.parts.close}
        </Button>
      </div>
      <dl class="app-keys__list">
        {keys.map(({ single, alt, does }) => (
          <div key={does}>
            <dt>
              <kbd class="app-key">{single}</kbd>
              {alt !== '' && (
                <>
                  {' '}
                  {say.keysOr} <kbd class="app-key">{alt}</kbd>
                </>
              )}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        id="single-keys"
        label={say.keysSingle}
        hint={say.keysSingleHint}
        small
        checked={singleKeys}
        onChange={onSingleKeys}
      />
    </section>
  );
}
