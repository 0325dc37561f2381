import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/index.tsx';
import { ReadingContext } from '../../i18n/reading.tsx';
import { withFurigana, type Readings } from './furigana.ts';

/** Once loaded, for the whole visit: texts come and go with the pages. */
let loaded: Readings | undefined;

/** A plain text with furigana over the words that the portal knows. */
function Furigana({ text }: { text: string }): ReactNode {
  const [readings, setReadings] = useState(loaded);
  useEffect(() => {
    if (readings) return;
    let gone = false;
    import('./readings.ts')
      .then((module) => {
        loaded = module.readings();
        if (!gone) setReadings(loaded);
      })
      // Without them the text is readable still.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [readings]);
  if (!readings) return text;
  return withFurigana(text, readings).map((piece, index) => {
    if (piece.kind !== 'ruby') return piece.kind === 'text' && piece.text;
    return (
      <ruby key={index}>
        {piece.base}
        <rp>(</rp>
        <rt>{piece.reading}</rt>
        <rp>)</rp>
      </ruby>
    );
  });
}

const furigana = (text: string): ReactNode => <Furigana text={text} />;

/** Below it, sentences that come without furigana (of forms, of the server) get them in やさしい日本語. */
export function WithReadings({ children }: { children: ReactNode }) {
  const { language } = useI18n();
  return <ReadingContext value={language === 'ja-easy' ? furigana : undefined}>{children}</ReadingContext>;
}

/**
 * What somebody at the office or the ward wrote, which is Japanese in every language of the portal: screen readers are told so, and
 * in やさしい日本語 it has furigana as far as the portal knows its words.
 */
export function Written({ text }: { text: string }): ReactNode {
  const { language } = useI18n();
  if (language === 'ja-easy') return <Furigana text={text} />;
  return language === 'en' ? <span lang="ja">{text}</span> : text;
}
