import type { Answering } from '../applications/answering.ts';

const PREFIX = 'answer:';

/** What was entered in answer to a request and not sent, from this tab only; undefined where there is nothing. */
export function keptAnswering(requestId: string | undefined): Answering | undefined {
  if (requestId === undefined) return undefined;
  try {
    const text = window.sessionStorage.getItem(PREFIX + requestId);
    return text === null ? undefined : (JSON.parse(text) as Answering);
  } catch {
    return undefined; // Storage may be switched off; then only a reload loses what was entered.
  }
}

/** Keeps what was entered until it is sent, the person signs out, or the tab is closed. */
export function keepAnswering(requestId: string | undefined, answering: Answering): void {
  if (requestId === undefined) return;
  try {
    const empty = Object.keys(answering.entries).length === 0 && answering.files.length === 0;
    if (empty) window.sessionStorage.removeItem(PREFIX + requestId);
    else window.sessionStorage.setItem(PREFIX + requestId, JSON.stringify(answering));
  } catch {
    // See above.
  }
}

/** Nothing of a person stays behind on a shared device. */
export function forgetKept(): void {
  try {
    const keys = Object.keys(window.sessionStorage);
    for (const key of keys) if (key.startsWith(PREFIX)) window.sessionStorage.removeItem(key);
  } catch {
    // See above.
  }
}
