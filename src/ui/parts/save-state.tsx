/**
 * Where a piece of work is, in the words of the product and a shape of its own each. Only proof by digest may say that
 * something is on the council's server; until then it is "Sent" at most. Where there is no server it never leaves the laptop.
 */
import type { ShownSync } from '../../bridge/sync-bridge.ts';
import type { SaveCounts } from '../../store/view.ts';
import { dayAt, momentText, timeText } from '../format.ts';
import { words } from '../words.ts';

export type SaveStep = 'saving' | 'laptop' | 'sent' | 'server' | 'attention';

interface SaveStateProps {
  readonly step: SaveStep;
  /** For `server`: when that was proved, milliseconds. */
  readonly atMs?: number | null;
  /** And what time it is: of another day than today it says which. */
  readonly nowMs?: number;
}

export function SaveState({ step, atMs = null, nowMs = 0 }: SaveStateProps) {
  return (
    <span class={`app-save app-save--${step}`}>
      <SaveShape step={step} />
      <span>{saveText(step, atMs, nowMs)}</span>
    </span>
  );
}

/** The sentence alone, e.g. to announce it. */
export function saveText(step: SaveStep, atMs: number | null, nowMs: number): string {
  switch (step) {
    case 'attention':
      return words.parts.needsYourAttention;
    case 'saving':
      return words.parts.saving;
    case 'laptop':
      return words.parts.savedOnThisLaptop;
    case 'sent':
      return words.parts.sent;
    case 'server':
      if (atMs === null) return words.parts.sent;
      return dayAt(atMs) === dayAt(nowMs)
        ? words.parts.onTheServer(timeText(atMs))
        : words.parts.onTheServerOn(momentText(atMs));
    default:
      return step satisfies never;
  }
}

/** The step of one record, or of the whole laptop, from what is still on its way. */
export function saveStep(
  counts: Pick<SaveCounts, 'unsent' | 'sent' | 'quarantined'>,
  { phase, provedEqualMs }: Pick<ShownSync, 'phase' | 'provedEqualMs'>,
): SaveStep {
  if (counts.quarantined > 0) return 'attention';
  if (counts.unsent > 0 || phase === 'laptop-only') return 'laptop';
  return counts.sent > 0 || provedEqualMs === null ? 'sent' : 'server';
}

/**
 * The step of the whole laptop, with what is on the screens of this tab: of what is being saved nothing further away than this
 * laptop may be said.
 */
export function wholeStep(step: SaveStep, screens: { readonly notSaved: boolean; readonly saving: boolean }): SaveStep {
  if (screens.notSaved) return 'attention';
  return screens.saving && (step === 'sent' || step === 'server') ? 'saving' : step;
}

const shapes: Readonly<Record<SaveStep, string>> = {
  saving: 'M1 6.500h3v3H1zm5.500 0h3v3h-3zm5.500 0h3v3h-3z',
  laptop: 'M3 3.5h10v7H3zM1 12h14v1.5H1z',
  sent: 'M8 2l5 5.2h-3.4V14H6.400V7.200H3z',
  server: 'M6.300 12.600L1.900 8.200l1.500-1.500 2.900 2.900 6.300-6.300 1.500 1.500z',
  attention: 'M8 1l7.500 13.500H.5zM7.200 5.500v4.700h1.600V5.500zm0 5.900V13h1.600v-1.600z',
};

function SaveShape({ step }: { readonly step: SaveStep }) {
  return (
    <svg class="app-save__shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path fill-rule="evenodd" d={shapes[step]} />
    </svg>
  );
}
