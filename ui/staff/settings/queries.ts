import { useQuery } from '@tanstack/react-query';
import type { WardSettingCode, WardSettingResponse } from '../../../api/contract/index.ts';
import type { DeadlinePolicy } from '../../../domain/application/settings.ts';
import type { FeeTable } from '../../../domain/enrolment/fees.ts';
import type { YearChangePolicy } from '../../../domain/enrolment/year-change.ts';
import type { WorkCalendar } from '../../../domain/calendar/working-days.ts';
import type { Criterion } from '../../../domain/procedures/definition.ts';
import type { CriteriaKey } from '../../../domain/settings/ward.ts';
import { api } from '../../lib/index.ts';
import type { EnvelopeWindow, LetterTemplate, Office } from '../../../domain/settings/ward-values.ts';

export type { EnvelopeWindow, LetterTemplate, Office } from '../../../domain/settings/ward-values.ts';

/** What each setting holds. */
export interface WardValues {
  fees: FeeTable;
  yearChange: YearChangePolicy;
  envelopeWindow: EnvelopeWindow;
  office: Office;
  deadlines: DeadlinePolicy;
  'letter.deficiency': LetterTemplate;
  mail: { footer: string | null };
  calendar: WorkCalendar;
  [criteria: CriteriaKey]: readonly Criterion[];
}
export type SettingOf<K extends WardSettingCode> = WardSettingResponse<WardValues[K]>;

export const settingKey = (key: WardSettingCode) => ['ward-setting', key] as const;

/** A setting with its editions. What is being edited does not change under the hands; saving tells where somebody was faster. */
export function useSetting<K extends WardSettingCode>(key: K) {
  return useQuery({
    queryKey: settingKey(key),
    queryFn: ({ signal }) => api.get<SettingOf<K>>(`staff/settings/${encodeURIComponent(key)}`, { signal }),
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
export interface SettingProps<K extends WardSettingCode> {
  readonly setting: SettingOf<K>;
  /** The first day of the edition that one starts from, where it has one; else the page proposes a day. */
  readonly from: string | undefined;
  /** Starts from another edition. */
  readonly onTake: (version: number) => void;
  /** Changes with the edition that one starts from. */
  readonly formKey: string;
}

/** The address of a setting's page. A dot would be taken for a file's. */
export function settingPage(key: WardSettingCode): string {
  return `/settings/${key === 'letter.deficiency' ? 'letter' : key.replace(':', '-')}`;
}
