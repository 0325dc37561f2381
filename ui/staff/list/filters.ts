import type { ListQuery } from '../../../api/contract/index.ts';
import { QUEUES } from '../../../domain/application/tasks.ts';
import { STAGES } from '../../../domain/application/state.ts';
import type { Query } from '../../lib/index.ts';
import { isLocalDate } from '../../../domain/calendar/dates.ts';
import type { Queue } from '../../../domain/application/tasks.ts';
import type { Stage } from '../../../domain/application/state.ts';

export const SORTS = [
  'receivedAt',
  '-receivedAt',
  'deadline',
  '-deadline',
  'updatedAt',
  '-updatedAt',
] as const;
export type SortCode = (typeof SORTS)[number];

/** What a list is narrowed by, as it stands in the address. Empty text: not narrowed. */
export interface ListFilters {
  readonly queue: Queue | '';
  readonly stage: Stage | '';
  /** `hall:01` or `bop:2`. */
  readonly place: string;
  readonly assignee: 'me' | 'none' | '';
  readonly overdue: boolean;
  readonly receivedFrom: string;
  readonly receivedTo: string;
  readonly q: string;
  readonly sort: SortCode;
  readonly page: number;
}

export const NO_FILTERS: ListFilters = {
  queue: '',
  stage: '',
  place: '',
  assignee: '',
  overdue: false,
  receivedFrom: '',
  receivedTo: '',
  q: '',
  sort: 'receivedAt',
  page: 1,
};

function oneOf<T extends string>(known: readonly T[], value: string | null): T | '' {
  return known.find((one) => one === value) ?? '';
}

/** Reads filters from an address; what is unknown or malformed counts as not set. */
export function readFilters(search: URLSearchParams): ListFilters {
  const page = Number(search.get('page'));
  const day = (name: string) => {
    const value = search.get(name);
    return isLocalDate(value) ? value : '';
  };
  const place = search.get('place') ?? '';
  return {
    queue: oneOf(QUEUES, search.get('queue')),
    stage: oneOf(STAGES, search.get('stage')),
    place: /^(?:hall|bop):\w{1,10}$/u.test(place) ? place : '',
    assignee: oneOf(['me', 'none'], search.get('assignee')),
    overdue: search.get('overdue') === 'true',
    receivedFrom: day('receivedFrom'),
    receivedTo: day('receivedTo'),
    q: search.get('q')?.slice(0, 100) ?? '',
    sort: oneOf(SORTS, search.get('sort')) || NO_FILTERS.sort,
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** The address of filters; what is as usual is left out. */
export function writeFilters(filters: ListFilters): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== NO_FILTERS[name as keyof ListFilters]) search.set(name, String(value));
  }
  return search;
}

/** The path of a list with these conditions. */
export function listPath(filters: Partial<ListFilters>): string {
  const search = writeFilters({ ...NO_FILTERS, ...filters }).toString();
  return `/applications${search === '' ? '' : `?${search}`}`;
}

/** Filters as the API takes them. */
export function toQuery(filters: ListFilters, pageSize = 50): Query {
  const [kind, code] = filters.place.split(':');
  return {
    ...(filters.queue === '' ? {} : { queue: filters.queue }),
    ...(filters.stage === '' ? {} : { stage: filters.stage }),
    ...(kind === 'hall' ? { hall: code } : {}),
    ...(kind === 'bop' ? { bop: code } : {}),
    ...(filters.assignee === '' ? {} : { assignee: filters.assignee }),
    ...(filters.overdue ? { overdue: 'true' } : {}),
    ...(filters.receivedFrom === '' ? {} : { receivedFrom: filters.receivedFrom }),
    ...(filters.receivedTo === '' ? {} : { receivedTo: filters.receivedTo }),
    ...(filters.q.trim() === '' ? {} : { q: filters.q.trim() }),
    sort: filters.sort,
    page: filters.page,
    pageSize,
  } satisfies ListQuery & Query;
}
