/**
 * The picture: one stacked bar per group. Grades differ by pattern as well as colour and carry their counts; the line
 * above a bar is the likely range of the headline. Everything in it is in the table beneath as well.
 */
import { gradeById, type GradeId, type Scale } from '../../domain/grade.ts';
import type { Interval } from '../../domain/proportion.ts';
import type { SummaryGroup } from '../../domain/summary.ts';
import { gradeTone } from '../parts/grade-mark.tsx';
import { number } from '../words/plural.ts';
import { percentages as say } from '../words/percentages.ts';
import { barOf, gradeOrder, type Bar } from './bar.ts';
import type { NamedGroup } from './names.ts';
import type { Headline } from './question.ts';

interface GradeBarsProps {
  readonly title: string;
  readonly scale: Scale;
  readonly headline: Headline;
  readonly headlineName: string;
  readonly groups: readonly NamedGroup[];
}

/** Room for the whisker, then the bar, in pixels. */
const barTop = 12;
const barHeight = 26;
const height = barTop + barHeight;

export function GradeBars({ title, scale, headline, headlineName, groups }: GradeBarsProps) {
  return (
    <section class="app-bars" aria-labelledby="bars-title">
      <Patterns />
      <h2 id="bars-title" class="govuk-heading-m">
        {title}
      </h2>
      <Key scale={scale} headline={headline} headlineName={headlineName} />
      <ul class="app-bars__list">
        {groups.map(({ name, group }) => (
          <li key={group.key ?? '-'} class="app-bars__row">
            <span class="app-bars__name">{name}</span>
            <BarOrCounts group={group} scale={scale} headline={headline} name={name} />
            <span class="app-bars__base" aria-hidden="true">
              {number(group.base)}
            </span>
          </li>
        ))}
      </ul>
      <div class="app-bars__axis" aria-hidden="true">
        {[0, 25, 50, 75, 100].map((at) => (
          <span key={at} style={{ left: `${at}%` }}>
            {at}%
          </span>
        ))}
      </div>
    </section>
  );
}

interface GroupProps {
  readonly group: SummaryGroup;
  readonly scale: Scale;
  readonly headline: Headline;
  readonly name: string;
}

function BarOrCounts({ group, scale, headline, name }: GroupProps) {
  const bar = barOf(group, scale, headline);
  const parts = gradeOrder(scale, headline).flatMap((grade) => {
    const counted = group.grades[scale.grades.findIndex(({ id }) => id === grade)]?.count ?? 0;
    return counted === 0 ? [] : [say.part(counted, gradeById(scale, grade)?.name ?? grade)];
  });
  if (bar === null) {
    return <span class="app-bars__counts">{group.base === 0 ? say.noneCounted : say.onlyCounts(parts)}</span>;
  }
  return (
    <svg
      class="app-bars__bar"
      width="100%"
      height={height}
      role="img"
      aria-label={say.pictureLabel(name, parts, group.base)}
    >
      <Segments bar={bar} scale={scale} />
      {bar.whisker !== null && <Whisker interval={bar.whisker} />}
    </svg>
  );
}

/** A count is written into its segment where it has room. */
const narrowest = 0.05;

function Segments({ bar, scale }: { readonly bar: Bar; readonly scale: Scale }) {
  return bar.segments.map(({ grade, count, from, width }) => (
    <g key={grade}>
      <rect
        class="app-bars__segment"
        x={at(from)}
        y={barTop}
        width={at(width)}
        height={barHeight}
        fill={fillOf(scale, grade)}
      />
      {width >= narrowest && (
        <text
          class="app-bars__count"
          x={at(from + width / 2)}
          y={barTop + barHeight / 2}
          dy="0.35em"
          text-anchor="middle"
        >
          {number(count)}
        </text>
      )}
    </g>
  ));
}

const at = (share: number): string => `${(share * 100).toFixed(3)}%`;

function Whisker({ interval: { lower, upper } }: { readonly interval: Interval }) {
  return (
    <g class="app-bars__whisker">
      <line x1={at(lower)} x2={at(upper)} y1={6} y2={6} />
      <line x1={at(lower)} x2={at(lower)} y1={2} y2={10} />
      <line x1={at(upper)} x2={at(upper)} y1={2} y2={10} />
    </g>
  );
}

function fillOf(scale: Scale, grade: GradeId): string {
  return `url(#grade-pattern-${gradeTone(scale, grade) ?? 'none'})`;
}

function Key({ scale, headline, headlineName }: Pick<GradeBarsProps, 'scale' | 'headline' | 'headlineName'>) {
  return (
    <ul class="app-bars__key">
      {gradeOrder(scale, headline).map((id) => (
        <li key={id}>
          <svg width="28" height="16" aria-hidden="true" focusable="false">
            <rect class="app-bars__segment" x="0.5" y="0.5" width="27" height="15" fill={fillOf(scale, id)} />
          </svg>
          {gradeById(scale, id)?.name}
        </li>
      ))}
      <li>
        <svg width="28" height="16" aria-hidden="true" focusable="false" class="app-bars__whisker">
          <line x1="1" x2="27" y1="8" y2="8" />
          <line x1="1" x2="1" y1="3" y2="13" />
          <line x1="27" x2="27" y1="3" y2="13" />
        </svg>
        {say.whiskerKey(headlineName)}
      </li>
    </ul>
  );
}

/** Dots, plain, stripes, cross-hatching: told apart in grey, on paper and by people who see colours differently. */
function Patterns() {
  return (
    <svg class="app-bars__patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="grade-pattern-0" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" class="app-bars__fill--0" />
          <circle cx="2" cy="2" r="1.2" class="app-bars__mark--0" />
          <circle cx="6" cy="6" r="1.2" class="app-bars__mark--0" />
        </pattern>
        <pattern id="grade-pattern-1" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" class="app-bars__fill--1" />
        </pattern>
        <pattern id="grade-pattern-2" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" class="app-bars__fill--2" />
          <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" class="app-bars__mark--2" />
        </pattern>
        <pattern id="grade-pattern-3" width="7" height="7" patternUnits="userSpaceOnUse">
          <rect width="7" height="7" class="app-bars__fill--3" />
          <path d="M0 0l7 7M7 0L0 7" class="app-bars__mark--3" />
        </pattern>
        <pattern id="grade-pattern-none" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" class="app-bars__fill--none" />
        </pattern>
      </defs>
    </svg>
  );
}
