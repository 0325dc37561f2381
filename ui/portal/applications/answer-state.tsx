import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { FileInfo, MyItem } from '../../../api/contract/index.ts';
import type { Answers } from '../../../domain/procedures/definition.ts';
import { keepAnswering, keptAnswering } from '../shared/kept.ts';
import { NOTHING_READY, withEntry } from './answering.ts';
import type { Answering, Entry } from './answering.ts';
import type { LoadedApplication } from './Loaded.tsx';

interface AnswerState extends LoadedApplication, Answering {
  /** The answers as they are at the office. */
  readonly before: Answers;
  /** The items that can be answered, as asked. */
  readonly open: readonly MyItem[];
  /** Those of them that have an answer which is not sent yet. */
  readonly ready: readonly MyItem[];
  readonly today: string;
  readonly fiscalYears: readonly number[];
  readonly setEntry: (itemId: string, entry: Entry) => void;
  readonly setFiles: (documentType: string, files: readonly FileInfo[]) => void;
  /** The answer was sent, or its files are gone. */
  readonly forget: (part: 'all' | 'files') => void;
}

const AnswerContext = createContext<AnswerState | undefined>(undefined);

export interface AnswerProviderProps extends LoadedApplication {
  readonly before: Answers;
  readonly today: string;
  readonly fiscalYears: readonly number[];
  readonly children: ReactNode;
}

/** An answer to a request while it is made: over its pages, and over a reload (a phone may drop the page while its camera is open). */
export function AnswerProvider({ children, ...given }: AnswerProviderProps) {
  const { application } = given;
  const requestId = application.request?.id;
  const [answering, setAnswering] = useState<Answering>(() => keptAnswering(requestId) ?? NOTHING_READY);
  // Once all is answered there is no request any more: what was kept for it still has to go.
  const [keptFor, setKeptFor] = useState(requestId);
  if (requestId !== undefined && requestId !== keptFor) {
    setKeptFor(requestId);
    setAnswering(keptAnswering(requestId) ?? NOTHING_READY);
  }
  useEffect(() => keepAnswering(keptFor, answering), [keptFor, answering]);

  const setEntry = useCallback(
    (itemId: string, entry: Entry) => setAnswering((now) => withEntry(now, itemId, entry)),
    [],
  );
  const setFiles = useCallback(
    (documentType: string, own: readonly FileInfo[]) =>
      setAnswering((now) => ({
        ...now,
        files: [...now.files.filter((file) => file.documentType !== documentType), ...own],
      })),
    [],
  );
  const forget = useCallback(
    (part: 'all' | 'files') =>
      setAnswering((now) => (part === 'all' ? NOTHING_READY : { ...now, files: [] })),
    [],
  );

  const { application: loaded, definition, before, today, fiscalYears } = given;
  const state = useMemo<AnswerState>(() => {
    const offered = loaded.offered.includes('answer');
    const open = offered ? (loaded.request?.items.filter((item) => item.status === 'open') ?? []) : [];
    const ready = open.filter((item) => Object.hasOwn(answering.entries, item.id));
    return {
      ...answering,
      ...{ application: loaded, definition, before, today, fiscalYears },
      ...{ open, ready, setEntry, setFiles, forget },
    };
  }, [answering, loaded, definition, before, today, fiscalYears, setEntry, setFiles, forget]);
  return <AnswerContext value={state}>{children}</AnswerContext>;
}

/** The answer that the page belongs to. */
export function useAnswer(): AnswerState {
  const state = useContext(AnswerContext);
  if (!state) throw new Error('useAnswer outside of AnswerProvider');
  return state;
}
