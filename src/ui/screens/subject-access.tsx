/** Finds all that is held about one case, to answer the person whose case it is (UK GDPR Article 15). Asked of the server alone. */
import { useState } from 'preact/hooks';
import { isAway } from '../../bridge/sync-bridge.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { SearchReply } from '../../protocol/subject-access.ts';
import { oneLine } from '../audit-form/case-lines.ts';
import { Button } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Page } from '../parts/page.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { Result } from '../subject-access/result.tsx';
import { SearchList } from '../subject-access/search-list.tsx';
import { words } from '../words.ts';
import { subjectAccess as say } from '../words/subject-access.ts';

const fieldId = 'subject-reference';

interface Answered {
  readonly reference: string;
  readonly reply: SearchReply;
}

export function SubjectAccess({ laptop }: { readonly laptop: Laptop }) {
  const [typed, setTyped] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const away = isAway(laptop.sync.state.value.phase);
  const search = async (): Promise<void> => {
    const reference = oneLine(typed);
    setAttempt(attempt + 1);
    setAnswered(null);
    setProblem(reference === '' ? say.referenceMissing : null);
    if (reference === '') return;
    setAsking(true);
    const reply = await laptop.sync.searchCase(reference);
    setAsking(false);
    if (reply.ok) setAnswered({ reference, reply: reply.value });
    else setProblem(words.problems.sync(reply.problem));
  };
  return (
    <Page title={say.title} back={{ href: '/organisation' }} hasError={problem !== null}>
      <ErrorSummary errors={problem === null ? [] : [{ id: fieldId, text: problem }]} attempt={attempt} />
      <p class="govuk-body">{say.lead}</p>
      <p class="govuk-body">{say.noted}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!asking) void search();
        }}
      >
        <TextInput
          id={fieldId}
          label={say.reference}
          hint={say.referenceHint}
          error={problem}
          width={20}
          maxLength={60}
          value={typed}
          onInput={setTyped}
        />
        <Button type="submit" busy={asking}>
          {say.find}
        </Button>
      </form>
      <p class="govuk-body" role="status">
        {asking ? say.finding : away && answered === null ? say.away : ''}
      </p>
      {answered !== null && <Result key={answered.reply.search} laptop={laptop} {...answered} />}
      <SearchList laptop={laptop} />
    </Page>
  );
}
