import { useQuery } from '@tanstack/react-query';
import type {
  DraftsResponse,
  MyApplication,
  MyApplicationsResponse,
  ProceduresResponse,
} from '../../../api/contract/index.ts';
import { api } from '../../lib/index.ts';

/** What can be filed today. */
export function useProcedures() {
  return useQuery({
    queryKey: ['procedures'],
    queryFn: ({ signal }) => api.get<ProceduresResponse>('procedures', { signal }),
    staleTime: 60_000,
  });
}

/** One's drafts. */
export function useDrafts(enabled = true) {
  return useQuery({
    queryKey: ['drafts'],
    queryFn: ({ signal }) => api.get<DraftsResponse>('drafts', { signal }),
    enabled,
    // A draft may just have been saved by the form.
    staleTime: 0,
  });
}

/** One's applications, newest first. Live updates load them again. */
export function useMyApplications(enabled = true) {
  return useQuery({
    queryKey: ['applications'],
    queryFn: ({ signal }) => api.get<MyApplicationsResponse>('my/applications', { signal }),
    enabled,
  });
}

/** One of one's applications. */
export function useMyApplication(id: string) {
  return useQuery({
    queryKey: ['applications', id],
    queryFn: ({ signal }) => api.get<MyApplication>(`my/applications/${id}`, { signal }),
  });
}
