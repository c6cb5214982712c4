/** The months to choose from: the last three years up to the present one, newest first, and any the address already names. */
import type { Question } from './question.ts';

const years = 3;

export function monthChoices(today: string, { from, to }: Pick<Question, 'from' | 'to'>): readonly string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const last = year * 12 + month - 1;
  const recent = Array.from({ length: years * 12 }, (_, back) => monthAt(last - back));
  const named = [from, to].filter((one) => one !== '' && !recent.includes(one));
  return [...new Set([...recent, ...named])].sort().reverse();
}

const monthAt = (count: number): string => `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
