import { useQuery } from '@tanstack/react-query';
import type {
  ExportDetailResponse,
  ExportListResponse,
  ExportSettingKey,
} from '../../../api/contract/index.ts';
import type { ExportProfile, Replacement } from '../../../domain/exports/profile.ts';
import { api } from '../../lib/index.ts';

/** A setting as the API gives it, with its value's own type. */
export interface SettingOf<T> {
  readonly value: T;
  readonly version: number;
  readonly isDefault: boolean;
  readonly note: string;
  readonly history: readonly {
    readonly version: number;
    readonly isDefault: boolean;
    readonly changedBy: { readonly name: string | null } | null;
    readonly changedAt: string;
    readonly note: string;
  }[];
}

interface SettingValueOf {
  exportProfiles: readonly ExportProfile[];
  exportReplacements: readonly Replacement[];
  exportRetention: { days: number };
}

export const settingPath = (key: ExportSettingKey) => `staff/exports/settings/${key}`;

/** One of the ward's settings about exports. */
export function useExportSetting<K extends ExportSettingKey>(key: K) {
  return useQuery({
    queryKey: ['export-setting', key],
    queryFn: ({ signal }) => api.get<SettingOf<SettingValueOf[K]>>(settingPath(key), { signal }),
  });
}

export function useExportList(page: number) {
  return useQuery({
    queryKey: ['exports', page],
    queryFn: ({ signal }) => api.get<ExportListResponse>('staff/exports', { query: { page }, signal }),
    // Somebody may be preparing: the list shows how far it is.
    refetchInterval: (query) =>
      query.state.data?.runs.some((run) => run.state === 'preparing') ? 3000 : false,
  });
}

export function useExportRun(id: string) {
  return useQuery({
    queryKey: ['export', id],
    queryFn: ({ signal }) => api.get<ExportDetailResponse>(`staff/exports/${id}`, { signal }),
  });
}
