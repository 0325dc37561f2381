const STORAGE_KEY = 'staff-list';

/** Keeps the list that is open, for the way back from an application. Lasts as long as the tab. */
export function rememberList(path: string): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, path);
  } catch {
    // Storage is blocked: the way back then leads to the whole list.
  }
}

/** The list that was open last in this tab. */
export function lastList(): string {
  try {
    const path = sessionStorage.getItem(STORAGE_KEY);
    return path?.startsWith('/applications') === true ? path : '/applications';
  } catch {
    return '/applications';
  }
}
