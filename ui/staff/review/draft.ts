import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type {
  ReviewDraftRequest,
  ReviewDraftResponse,
  StaffApplication,
} from '../../../api/contract/index.ts';
import { api } from '../../lib/index.ts';
import { draftKindOf, NO_FINDING, proposedFindings, toStored, withStored } from './model.ts';
import type { DraftKind, Finding, Findings } from './model.ts';
import { Saver } from './saver.ts';
import type { SaveState } from './saver.ts';

interface Edited {
  readonly key: string;
  readonly kind: DraftKind;
  readonly findings: Findings;
}

export interface ReviewDraft {
  /** The checklist that can be filled in now; undefined: none. */
  readonly kind: DraftKind | undefined;
  readonly loading: boolean;
  readonly error: unknown;
  readonly reload: () => void;
  readonly findings: Findings;
  readonly save: SaveState;
  readonly change: (criterionId: string, changed: Partial<Finding>) => void;
  readonly replace: (findings: Findings) => void;
  /** What had been filled in when the application moved on under one's hands. */
  readonly lost: Edited | undefined;
  readonly forgetLost: () => void;
  /** Around sending: what was filled in is not lost when it is what moved the application on. */
  readonly sending: <T>(send: () => Promise<T>) => Promise<T>;
}

function draftPath(application: Pick<StaffApplication, 'id'>): string {
  return `staff/applications/${application.id}/review-draft`;
}

/** A draft older than the newest review was for that one. */
function isForThisReview(updatedAt: string, application: StaffApplication): boolean {
  const last = application.reviews.at(-1)?.at;
  return last === undefined || updatedAt > last;
}

/**
 * The checklist as far as it is filled in: kept here and saved on the server a moment after each change, so that it is
 * there again on another day or device. When somebody else moves the application on, it is kept as `lost`.
 */
export function useReviewDraft(application: StaffApplication): ReviewDraft {
  const kind = draftKindOf(application);
  const key = kind === undefined ? undefined : `${application.id}:${kind}:${application.reviews.length}`;
  const query = useQuery({
    queryKey: ['review-draft', key],
    enabled: kind !== undefined,
    queryFn: ({ signal }) =>
      api.get<ReviewDraftResponse>(draftPath(application), { query: { stage: kind }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const [edited, setEdited] = useState<Edited>();
  const [lost, setLost] = useState<Edited>();
  const [isSending, setSending] = useState(false);
  const { save, saver } = useSaving(application);

  if (edited && edited.key !== key) {
    setEdited(undefined);
    setLost(edited);
  }

  const stored = query.data?.draft;
  const initial = useMemo(() => {
    const proposed = proposedFindings(application.checklist);
    return stored && isForThisReview(stored.updatedAt, application)
      ? withStored(proposed, stored.findings)
      : proposed;
  }, [stored, application]);
  const findings = edited?.key === key && edited ? edited.findings : initial;

  // Both stay the same while somebody types, so that only the criterion that changes is drawn again.
  const replace = useCallback(
    (next: Findings) => {
      if (key === undefined || kind === undefined) return;
      setEdited({ key, kind, findings: next });
    },
    [key, kind],
  );
  const change = useCallback(
    (criterionId: string, changed: Partial<Finding>) => {
      if (key === undefined || kind === undefined) return;
      setEdited((before) => {
        const now = before?.key === key ? before.findings : initial;
        const finding = { ...(now[criterionId] ?? NO_FINDING), ...changed };
        return { key, kind, findings: { ...now, [criterionId]: finding } };
      });
    },
    [key, kind, initial],
  );
  useEffect(() => {
    if (edited) saver.touch({ stage: edited.kind, findings: toStored(edited.findings) });
  }, [edited, saver]);
  const sending = useCallback(
    async <T>(send: () => Promise<T>): Promise<T> => {
      setSending(true);
      try {
        await saver.stop();
        const answer = await send();
        setLost(undefined);
        setEdited(undefined);
        return answer;
      } catch (error) {
        // Refused, or not known: what was filled in stays, here and on the server.
        if (edited) saver.touch({ stage: edited.kind, findings: toStored(edited.findings) });
        throw error;
      } finally {
        setSending(false);
      }
    },
    [saver, edited],
  );

  return {
    kind,
    loading: kind !== undefined && query.isPending,
    error: query.isError ? query.error : undefined,
    reload: () => void query.refetch(),
    findings,
    save:
      save.state === 'none' && stored && isForThisReview(stored.updatedAt, application)
        ? { state: 'saved', at: stored.updatedAt }
        : save,
    change,
    replace,
    lost: isSending ? undefined : lost,
    forgetLost: () => setLost(undefined),
    sending,
  };
}

/** A saver for this application, which also saves at once when the page is left. */
function useSaving(application: Pick<StaffApplication, 'id'>) {
  const path = draftPath(application);
  const [save, setSave] = useState<SaveState>({ state: 'none' });
  const [saver] = useState(() => new Saver<ReviewDraftRequest>((body) => api.put(path, body), setSave));
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') void saver.flush();
    };
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      void saver.flush();
    };
  }, [saver]);
  return { save, saver };
}
