/**
 * Says something to people who use a screen reader, without moving anybody's focus. `Announcer` stands once around the
 * app; a screen takes `useAnnounce()` and calls it with a sentence.
 */
import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';

type Announce = (sentence: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

export const useAnnounce = (): Announce => useContext(AnnounceContext);

export function Announcer({ children }: { readonly children: ComponentChildren }) {
  const [said, setSaid] = useState({ sentence: '', times: 0 });
  const announce = useCallback(
    (sentence: string) => setSaid((before) => ({ sentence, times: before.times + 1 })),
    [setSaid],
  );
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div class="govuk-visually-hidden" role="status">
        {/* A new key makes the same sentence heard again. */}
        <span key={said.times}>{said.sentence}</span>
      </div>
    </AnnounceContext.Provider>
  );
}
