import { useEffect, useEffectEvent, useState } from 'react';

/** One message of the stream. `resync` is ours: the line was down, so ask for everything again. */
export interface LiveEvent {
  readonly type: string;
  readonly data: unknown;
}

export type LiveState = 'connecting' | 'open' | 'waiting';

export interface LiveOptions {
  /** Named events to listen to, besides unnamed messages. */
  readonly events?: readonly string[];
  readonly enabled?: boolean;
}

const LONGEST_WAIT = 30_000;

/**
 * Listens to server-sent events at `url` and comes back by itself when the line is lost: at once when the
 * device is online again, otherwise after 1, 2, 4 … 30 s. After a gap `onEvent` gets `{ type: 'resync' }`.
 * Data is parsed as JSON where it is JSON. Returns the state of the line.
 */
export function useLiveUpdates(
  url: string,
  onEvent: (event: LiveEvent) => void,
  { events = [], enabled = true }: LiveOptions = {},
): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const deliver = useEffectEvent(onEvent);
  const names = events.join(' ');

  useEffect(() => {
    if (!enabled) return undefined;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let wasOpen = false;

    const receive = (event: MessageEvent<unknown>) => deliver({ type: event.type, data: parse(event.data) });

    const open = () => {
      clearTimeout(timer);
      timer = undefined;
      source?.close();
      setState('connecting');
      source = new EventSource(url, { withCredentials: true });
      source.onopen = () => {
        setState('open');
        if (wasOpen) deliver({ type: 'resync', data: undefined });
        wasOpen = true;
        failures = 0;
      };
      source.onmessage = receive;
      for (const name of names.split(' ')) if (name !== '') source.addEventListener(name, receive);
      source.onerror = () => {
        // Do the waiting ourselves: browsers give up for good on an HTTP error (proxy, restart).
        source?.close();
        setState('waiting');
        timer = setTimeout(open, Math.min(1000 * 2 ** failures, LONGEST_WAIT));
        failures += 1;
      };
    };

    const onOnline = () => {
      if (timer !== undefined) open();
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') onOnline();
    };

    open();
    window.addEventListener('online', onOnline);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', onOnline);
      document.removeEventListener('visibilitychange', onVisible);
      clearTimeout(timer);
      source?.close();
    };
  }, [url, names, enabled]);

  return state;
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
