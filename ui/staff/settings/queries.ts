import { useQuery } from '@tanstack/react-query';
import type { DatedSettingCode, DatedSettingResponse } from '../../../api/contract/index.ts';
import type { FeeTable } from '../../../domain/enrolment/fees.ts';
import type { YearChangePolicy } from '../../../domain/enrolment/year-change.ts';
import { api } from '../../lib/index.ts';

/** Where the window of the ward's envelopes is, in millimetres from the sheet's upper left corner. */
export interface EnvelopeWindow {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What each setting holds. */
export interface DatedValues {
  fees: FeeTable;
  yearChange: YearChangePolicy;
  envelopeWindow: EnvelopeWindow;
}
export type SettingOf<K extends DatedSettingCode> = DatedSettingResponse<DatedValues[K]>;

export const settingKey = (key: DatedSettingCode) => ['ward-setting', key] as const;

/** A setting with its editions. What is being edited does not change under the hands; saving tells where somebody was faster. */
export function useSetting<K extends DatedSettingCode>(key: K) {
  return useQuery({
    queryKey: settingKey(key),
    queryFn: ({ signal }) => api.get<SettingOf<K>>(`staff/settings/${key}`, { signal }),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
}

/** A value while somebody types: a number may be empty. */
export type Editing<T> = T extends number
  ? number | null
  : T extends object
    ? { [K in keyof T]: Editing<T[K]> }
    : T;

/** What a setting's page works on: the setting, whose `value` is that of the edition that one starts from. */
export interface SettingProps<K extends DatedSettingCode> {
  readonly setting: SettingOf<K>;
  /** The first day of the edition that one starts from, where it has one; else the page proposes a day. */
  readonly from: string | undefined;
  /** Starts from another edition. */
  readonly onTake: (version: number) => void;
  /** Changes with the edition that one starts from. */
  readonly formKey: string;
}
