import { useQuery } from '@tanstack/react-query';
import type {
  ChildrenResponse,
  DraftsResponse,
  MyApplication,
  MyApplicationsResponse,
  OfficeResponse,
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
    queryKey: ['applications', 'one', id],
    queryFn: ({ signal }) => api.get<MyApplication>(`my/applications/${id}`, { signal }),
  });
}

/** The family's children, and what can be filed for each. Live updates load them again. */
export function useChildren(enabled = true) {
  return useQuery({
    queryKey: ['applications', 'children'],
    queryFn: ({ signal }) => api.get<ChildrenResponse>('my/children', { signal }),
    enabled,
  });
}

/** Whom to ask. */
export function useOffice() {
  return useQuery({
    queryKey: ['office'],
    queryFn: ({ signal }) => api.get<OfficeResponse>('office', { signal }),
    staleTime: 3_600_000,
  });
}
