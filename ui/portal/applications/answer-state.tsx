import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AnswerDraftBody, AnswerDraftResponse, FileInfo, MyItem } from '../../../api/contract/index.ts';
import type { Answers } from '../../../domain/procedures/definition.ts';
import { api } from '../../lib/index.ts';
import { Saver } from '../form/saver.ts';
import { useSession } from '../session.tsx';
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
  /** What the server has kept. */
  readonly kept: AnswerDraftResponse['draft'];
  readonly children: ReactNode;
}

/**
 * An answer to a request while it is made: over its pages, over a reload (a phone may drop the page while its camera is open),
 * and on another device. It is kept on the server, encrypted; nothing of it stays on the device.
 */
export function AnswerProvider({ children, kept, ...given }: AnswerProviderProps) {
  const { application } = given;
  const { expired } = useSession();
  const requestId = application.request?.id;
  const [answering, setAnswering] = useState<Answering>(() => answeringOf(kept, requestId));
  // Once all is answered, or something else is asked, what was entered belongs to nothing any more.
  const [keptFor, setKeptFor] = useState(requestId);
  if (requestId !== undefined && requestId !== keptFor) {
    setKeptFor(requestId);
    setAnswering(NOTHING_READY);
  }
  const place = `my/applications/${application.id}/answer-draft`;
  const [saver] = useState(
    () =>
      new Saver<AnswerDraftBody | undefined>((body) =>
        body === undefined ? api.delete(place) : api.put(place, body),
      ),
  );
  const last = useRef(answering);
  useEffect(() => {
    if (last.current === answering) return;
    last.current = answering;
    const empty = Object.keys(answering.entries).length === 0 && answering.files.length === 0;
    saver.put(empty || keptFor === undefined ? undefined : bodyOf(keptFor, answering), 0);
  }, [answering, keptFor, saver]);
  useEffect(() => {
    saver.start();
    const onHidden = () => document.visibilityState === 'hidden' && void saver.flush();
    window.addEventListener('online', saver.retry);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('online', saver.retry);
      document.removeEventListener('visibilitychange', onHidden);
      void saver.flush();
    };
  }, [saver]);
  useEffect(() => {
    if (!expired) saver.retry();
  }, [expired, saver]);

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

/** What was kept, if it answers this very request. */
function answeringOf(kept: AnswerDraftResponse['draft'], requestId: string | undefined): Answering {
  return kept && kept.requestId === requestId ? { entries: kept.entries, files: kept.files } : NOTHING_READY;
}

function bodyOf(requestId: string, { entries, files }: Answering): AnswerDraftBody {
  // Through JSON: what was typed may hold NaN and undefined, which JSON has not.
  const plain = JSON.parse(JSON.stringify(entries)) as AnswerDraftBody['entries'];
  return {
    requestId,
    entries: plain,
    files: files.map((file) => ({ documentType: file.documentType, fileId: file.id })),
  };
}
