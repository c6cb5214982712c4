/**
 * Sentences an auditor may write about one side of practice, kept as a text that can be read and mended:
 *
 *   +: a reason for a grade, as a clause          * what outstanding practice looks like, in a sentence
 *                                                 + good   ~ not good enough   - inadequate
 *
 * An empty line begins the next aspect; an evidence text says at most one thing about each, so it never contradicts itself.
 * `{worker}` and the like stand for facts of the audit, `{a|b}` for one of several, `{2-5}` for a number.
 */

export const tones = ['best', 'good', 'fair', 'poor'] as const;
export type Tone = (typeof tones)[number];
export type Toned = Readonly<Record<Tone, readonly string[]>>;

export interface Topic {
  /** Why a grade was given, as clauses without a full stop. */
  readonly reasons: Toned;
  readonly aspects: readonly Toned[];
}

const toneOf: Readonly<Record<string, Tone>> = { '*': 'best', '+': 'good', '~': 'fair', '-': 'poor' };

export function topic(text: string): Topic {
  const blocks = text
    .trim()
    .split(/\n\s*\n/)
    .map(linesOf);
  const isReason = ({ reason }: Line): boolean => reason;
  return {
    reasons: toned(blocks.flat().filter(isReason)),
    aspects: blocks
      .map((lines) => lines.filter((line) => !isReason(line)))
      .filter((lines) => lines.length > 0)
      .map(toned),
  };
}

interface Line {
  readonly tone: Tone;
  readonly reason: boolean;
  readonly text: string;
}

const linesOf = (block: string): Line[] => block.split('\n').map((line) => lineOf(line.trim()));

function lineOf(line: string): Line {
  const [, mark = '', colon, text = ''] = /^([*+~-])(:?) (.+)$/.exec(line) ?? [];
  const tone = toneOf[mark];
  if (tone === undefined) throw new Error(`A line of a topic begins with no mark: ${line}`);
  return { tone, reason: colon === ':', text };
}

/** What has no outstanding words of its own is said in good ones. */
function toned(lines: readonly Line[]): Toned {
  const of = (wanted: Tone): string[] => lines.filter(({ tone }) => tone === wanted).map(({ text }) => text);
  const [best, good] = [of('best'), of('good')];
  return { best: best.length > 0 ? best : good, good, fair: of('fair'), poor: of('poor') };
}
