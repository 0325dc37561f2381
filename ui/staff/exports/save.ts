import { useQueryClient } from '@tanstack/react-query';
import type { ExportSettingKey } from '../../../api/contract/index.ts';
import { useToast } from '../../components/index.ts';
import { api } from '../../lib/index.ts';
import { settingPath } from './queries.ts';

/** Saves a new edition of a setting, says so, and loads it anew. Failures are thrown for the form. */
export function useSaveSetting(key: ExportSettingKey) {
  const client = useQueryClient();
  const toast = useToast();
  return async (value: unknown, basedOn: number, note: string) => {
    await api.put(settingPath(key), { value, basedOn, note });
    await Promise.all([
      client.invalidateQueries({ queryKey: ['export-setting', key] }),
      client.invalidateQueries({ queryKey: ['exports'] }),
    ]);
    toast.show('保存しました', { tone: 'success' });
  };
}
