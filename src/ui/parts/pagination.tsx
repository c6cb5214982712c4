/** Earlier and later pages of a list, counted from 1. Shows nothing when there is one page. */
import { words } from '../words.ts';

interface PaginationProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

export function Pagination({ page, pages, onPage }: PaginationProps) {
  if (pages < 2) return null;
  return (
    <nav class="app-pagination" aria-label={words.parts.pagination}>
      <Step to={page - 1} pages={pages} text={words.parts.previous} onPage={onPage} />
      <span class="app-pagination__here" aria-live="polite">
        {words.parts.pageOf(page, pages)}
      </span>
      <Step to={page + 1} pages={pages} text={words.parts.next} onPage={onPage} />
    </nav>
  );
}

interface StepProps {
  readonly to: number;
  readonly pages: number;
  readonly text: string;
  readonly onPage: (page: number) => void;
}

function Step({ to, pages, text, onPage }: StepProps) {
  const possible = to >= 1 && to <= pages;
  return (
    <button
      type="button"
      class="app-link-button"
      aria-disabled={possible ? undefined : 'true'}
      onClick={() => possible && onPage(to)}
    >
      {text}
      <span class="govuk-visually-hidden"> {words.parts.page}</span>
    </button>
  );
}
