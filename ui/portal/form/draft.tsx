import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ReactNode } from 'react';
import type {
  CheckDraftRequest,
  CheckDraftResponse,
  Draft,
  FileInfo,
  SaveDraftRequest,
  TakenPart,
} from '../../../api/contract/index.ts';
import type { Answers, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { cleanAnswers } from '../../../domain/procedures/fields.ts';
import { api } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { Saver } from './saver.ts';
import type { SaveState } from './saver.ts';
import { CONFIRM_STEP, knownSections, stepsOf } from './steps.ts';
import type { FormStep, Typed } from './steps.ts';

/** After so long without typing what was typed is saved. */
const TYPING_PAUSE = 1500;

interface DraftState {
  readonly id: string;
  readonly definition: ProcedureDefinition;
  /** As typed. */
  readonly typed: Typed;
  /** Cleaned: what would be filed. */
  readonly answers: Answers;
  readonly files: readonly FileInfo[];
  readonly steps: readonly FormStep[];
  readonly today: string;
  readonly fiscalYears: readonly number[];
  readonly saveState: SaveState;
  /** What came from earlier applications. */
  readonly taken: readonly TakenPart[];
  /** Set where it is filed together with others. */
  readonly batchId: string | null;
  /** Where the answers are looked over before they are filed: its own page, or that of all that are filed together. */
  readonly checkPath: string;
  /** Where one goes after the last question. */
  readonly endPath: string;
  readonly setTyped: (typed: Typed) => void;
  readonly setFiles: (documentType: string, files: readonly FileInfo[]) => void;
  /** Saves what is waiting, now; `step` is where the person goes on. True: the server has it. */
  readonly save: (step?: string) => Promise<boolean>;
  /** From now on it is filed together with others. True: the server knows. */
  readonly join: (batchId: string) => Promise<boolean>;
  readonly retrySave: () => void;
  readonly unsaved: () => boolean;
  /** Nothing more will be saved: the draft is filed. */
  readonly close: () => void;
  readonly check: (section?: string, signal?: AbortSignal) => Promise<CheckDraftResponse>;
}

/** What is saved next. */
interface Latest {
  readonly typed: Typed;
  readonly files: readonly FileInfo[];
  readonly step: string;
  readonly batchId: string | null;
  readonly taken: readonly TakenPart[];
}

const DraftContext = createContext<DraftState | undefined>(undefined);

export interface DraftProviderProps {
  readonly draft: Draft;
  readonly definition: ProcedureDefinition;
  readonly today: string;
  readonly fiscalYears: readonly number[];
  readonly children: ReactNode;
}

/** One draft in memory, saved on the server as it changes. */
export function DraftProvider({ draft, definition, today, fiscalYears, children }: DraftProviderProps) {
  const { expired } = useSession();
  const [typed, setAllTyped] = useState<Typed>(draft.answers);
  const [files, setAllFiles] = useState<readonly FileInfo[]>(draft.files);
  const [saver] = useState(
    () =>
      new Saver<SaveDraftRequest>((body) => api.put(`drafts/${draft.id}`, body), new Date(draft.updatedAt)),
  );
  const saveState = useSyncExternalStore(saver.subscribe, saver.state);
  const { batchId, taken } = draft;
  const latest = useRef<Latest>({
    typed: draft.answers,
    files: draft.files,
    step: draft.step,
    batchId,
    taken,
  });
  // As it was when the draft was opened: what is changed later does not make pages come and go.
  const [known] = useState(() => knownSections(definition, draft.answers, taken, { today, fiscalYears }));

  const put = useCallback(
    (delay: number) => saver.put(bodyOf(definition, latest.current), delay),
    [saver, definition],
  );
  const setTyped = useCallback(
    (next: Typed) => {
      if (JSON.stringify(next) === JSON.stringify(latest.current.typed)) return;
      latest.current = { ...latest.current, typed: next };
      setAllTyped(next);
      put(TYPING_PAUSE);
    },
    [put],
  );
  const setFiles = useCallback(
    (documentType: string, own: readonly FileInfo[]) => {
      const next = [...latest.current.files.filter((file) => file.documentType !== documentType), ...own];
      latest.current = { ...latest.current, files: next };
      setAllFiles(next);
      put(0);
    },
    [put],
  );
  const save = useCallback(
    async (step?: string) => {
      if (step !== undefined && step !== latest.current.step) {
        latest.current = { ...latest.current, step };
        put(0);
      }
      return saver.flush();
    },
    [saver, put],
  );
  const join = useCallback(
    async (id: string) => {
      latest.current = { ...latest.current, batchId: id };
      put(0);
      return saver.flush();
    },
    [saver, put],
  );
  const check = useCallback(
    (section?: string, signal?: AbortSignal) => {
      const { procedure, files: attached } = bodyOf(definition, latest.current);
      const body = { procedure, files: attached };
      const answers = cleanAnswers(definition, latest.current.typed) as CheckDraftRequest['answers'];
      const together = latest.current.batchId !== null;
      const request: CheckDraftRequest = {
        ...body,
        answers,
        together,
        ...(section === undefined ? {} : { section }),
      };
      return api.post<CheckDraftResponse>(`drafts/${draft.id}/check`, request, signal ? { signal } : {});
    },
    [definition, draft.id],
  );

  useEffect(() => {
    saver.start();
    const onHidden = () => document.visibilityState === 'hidden' && void saver.flush();
    window.addEventListener('online', saver.retry);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('online', saver.retry);
      document.removeEventListener('visibilitychange', onHidden);
      // Leaving the form saves the rest; a failure then has been warned of (see LeaveGuard).
      void saver.flush();
    };
  }, [saver]);
  useEffect(() => {
    if (!expired) saver.retry();
  }, [expired, saver]);

  const unsaved = useCallback(() => saver.unsaved, [saver]);

  const state = useMemo<DraftState>(
    () => ({
      id: draft.id,
      definition,
      typed,
      answers: cleanAnswers(definition, typed),
      files,
      steps: stepsOf(definition, typed, known),
      taken,
      batchId,
      checkPath: batchId === null ? `/drafts/${draft.id}/${CONFIRM_STEP}` : `/together/${batchId}/check`,
      endPath: batchId === null ? `/drafts/${draft.id}/${CONFIRM_STEP}` : `/together/${batchId}`,
      today,
      fiscalYears,
      saveState,
      setTyped,
      setFiles,
      save,
      join,
      retrySave: saver.retry,
      unsaved,
      close: () => saver.stop(),
      check,
    }),
    [
      draft.id,
      definition,
      typed,
      files,
      known,
      taken,
      batchId,
      today,
      fiscalYears,
      saveState,
      setTyped,
      setFiles,
      save,
      join,
      unsaved,
      saver,
      check,
    ],
  );
  return <DraftContext value={state}>{children}</DraftContext>;
}

/** The draft that the page belongs to. */
export function useDraft(): DraftState {
  const state = useContext(DraftContext);
  if (!state) throw new Error('useDraft outside of DraftProvider');
  return state;
}

function bodyOf(
  definition: ProcedureDefinition,
  { typed, files, step, batchId, taken }: Latest,
): SaveDraftRequest {
  // Through JSON: what was typed may hold NaN and undefined, which JSON has not.
  const answers = JSON.parse(JSON.stringify(typed)) as SaveDraftRequest['answers'];
  return {
    procedure: definition.code,
    answers,
    files: files.map((file) => ({ documentType: file.documentType, fileId: file.id })),
    step,
    ...(batchId === null ? {} : { batchId }),
    taken: taken.map((part) => ({ ...part })),
  };
}
