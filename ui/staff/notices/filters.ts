import type { NewRunRequest } from '../../../api/contract/index.ts';
import { isNoticeKind } from '../../../domain/notices/kinds.ts';

/** What stands in the list's address. */
export interface NoticeFilters {
  readonly kind: string;
  readonly fiscalYear: string;
  readonly round: string;
  readonly issuedFrom: string;
  readonly issuedTo: string;
  /** `hall:01` or `bop:2`. */
  readonly place: string;
  readonly channel: string;
  readonly delivery: string;
  readonly printed: string;
  readonly voided: string;
  readonly q: string;
}

export const NO_FILTERS: NoticeFilters = {
  kind: '',
  fiscalYear: '',
  round: '',
  issuedFrom: '',
  issuedTo: '',
  place: '',
  channel: '',
  delivery: '',
  printed: '',
  voided: '',
  q: '',
};

/** The filters in an address; what is none of theirs is left out. */
export function filtersOf(search: URLSearchParams): NoticeFilters {
  const names = Object.keys(NO_FILTERS) as (keyof NoticeFilters)[];
  return names.reduce<NoticeFilters>(
    (filters, name) => ({ ...filters, [name]: search.get(name) ?? '' }),
    NO_FILTERS,
  );
}

/** The address of a list with these filters. */
export function searchOf(filters: NoticeFilters, page = 1): URLSearchParams {
  const entries = Object.entries(filters).filter((entry) => entry[1] !== '') as [string, string][];
  return new URLSearchParams(page > 1 ? [...entries, ['page', String(page)]] : entries);
}

function placeOf(place: string): { hall?: string; bop?: string } {
  const [kind, code] = place.split(':');
  if (code === undefined || code === '') return {};
  return kind === 'hall' ? { hall: code } : { bop: code };
}

/** The filters as the API takes them. */
export function toQuery(filters: NoticeFilters, page: number): Record<string, string | number> {
  const { place, ...rest } = filters;
  return { ...rest, ...placeOf(place), page };
}

/** What a print file is made of: what the list shows, less what does not belong into one. */
export function toChoice(filters: NoticeFilters): Omit<NewRunRequest, 'onlyNew' | 'together'> {
  const { kind, fiscalYear, round, issuedFrom, issuedTo, place, channel, delivery } = filters;
  return {
    ...(isNoticeKind(kind) ? { kind } : {}),
    ...(/^\d{4}$/u.test(fiscalYear) ? { fiscalYear: Number(fiscalYear) } : {}),
    ...(round === '' ? {} : { round }),
    ...(issuedFrom === '' ? {} : { issuedFrom }),
    ...(issuedTo === '' ? {} : { issuedTo }),
    ...placeOf(place),
    ...(channel === 'online' || channel === 'paper' ? { channel } : {}),
    ...(delivery === 'post' || delivery === 'portal' || delivery === 'counter' ? { delivery } : {}),
  };
}
