import { useSearchParams } from 'react-router';

/** The conditions of a list as they stand in the address; every change begins at the first page again. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const write = (changed: Readonly<Record<string, string>>, keepPage = false) => {
    const next = new URLSearchParams(search);
    if (!keepPage) next.delete('page');
    for (const [key, value] of Object.entries(changed)) {
      if (value === '') next.delete(key);
      else next.set(key, value);
    }
    setSearch(next);
  };
  return {
    /** A condition; empty where it is not set. */
    given: (key: string) => search.get(key) ?? '',
    page: Math.max(1, Number(search.get('page')) || 1),
    /** Sets conditions; an empty one goes. */
    change: (changed: Readonly<Record<string, string>>) => write(changed),
    toPage: (page: number) => write({ page: String(page) }, true),
  };
}
