import pg from 'pg';
import type { Stage } from '../../domain/application/state.ts';
import { CHANGED_CHANNEL } from '../../store/events.ts';
import { TOPIC_CHANNEL } from '../../store/bulk-decisions.ts';
import type { Db } from '../../store/db.ts';

/** A change of an application, with what decides who may learn of it. */
export interface LiveChange {
  applicationId: string;
  seq: number;
  stage: Stage;
  bopCode: string;
  applicantId: string | null;
}

/** Something besides an application that has changed: a bulk decision, a round. */
export interface LiveTopic {
  topic: 'bulk' | 'round';
  id: string;
}

export interface LiveListener {
  changed(change: LiveChange): void;
  topic?(topic: LiveTopic): void;
  /** Something may have been missed. */
  resync(): void;
}

/** One connection a process that listens to PostgreSQL and tells all open screens. */
export interface LiveHub {
  subscribe(listener: LiveListener): () => void;
  readonly listening: boolean;
  close(): Promise<void>;
}

/** Changes that come close together are looked up together. */
const GATHER_MS = 40;
const LONGEST_WAIT_MS = 15_000;

/** Starts listening; comes back by itself when the database was away, and tells everybody that something may be missing. */
export function startLiveHub(
  databaseUrl: string,
  db: Db,
  log: { warn: (details: object, text: string) => void },
): LiveHub {
  const listeners = new Set<LiveListener>();
  let client: pg.Client | undefined;
  let closed = false;
  let failures = 0;
  let wasConnected = false;
  let retry: NodeJS.Timeout | undefined;
  let gather: NodeJS.Timeout | undefined;
  let waiting = new Set<string>();

  const flush = async () => {
    gather = undefined;
    const ids = [...waiting];
    waiting = new Set();
    if (ids.length === 0 || listeners.size === 0) return;
    try {
      const rows = await db
        .selectFrom('applications')
        .select(['id', 'seq', 'stage', 'bop_code', 'applicant_id'])
        .where('id', 'in', ids)
        .execute();
      for (const row of rows) {
        const change: LiveChange = {
          applicationId: row.id,
          seq: row.seq,
          stage: row.stage,
          bopCode: row.bop_code,
          applicantId: row.applicant_id,
        };
        for (const listener of listeners) listener.changed(change);
      }
    } catch (error) {
      log.warn({ err: error }, 'live: changes could not be looked up');
      for (const listener of listeners) listener.resync();
    }
  };

  const onNotification = (payload: string | undefined) => {
    const id = idOf(payload);
    if (id === undefined) return;
    waiting.add(id);
    gather ??= setTimeout(() => void flush(), GATHER_MS);
  };

  const onTopic = (payload: string | undefined) => {
    const topic = topicOf(payload);
    if (topic) for (const listener of listeners) listener.topic?.(topic);
  };

  const reconnect = () => {
    if (closed || retry) return;
    const delay = Math.min(250 * 2 ** failures, LONGEST_WAIT_MS);
    failures += 1;
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, delay);
  };

  const lost = (from: pg.Client) => {
    if (client !== from) return;
    client = undefined;
    from.end().catch(() => undefined);
    reconnect();
  };

  const connect = async () => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'gakudo-live',
    });
    client = next;
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ channel, payload }) =>
      channel === TOPIC_CHANNEL ? onTopic(payload) : onNotification(payload),
    );
    try {
      await next.connect();
      await next.query(`listen ${CHANGED_CHANNEL}; listen ${TOPIC_CHANNEL}`);
    } catch (error) {
      log.warn({ err: error }, 'live: the database does not answer');
      lost(next);
      return;
    }
    failures = 0;
    if (wasConnected) for (const listener of listeners) listener.resync();
    wasConnected = true;
  };
  void connect();

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get listening() {
      return client !== undefined && failures === 0;
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      clearTimeout(gather);
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}

function topicOf(payload: string | undefined): LiveTopic | undefined {
  try {
    const { topic, id } = JSON.parse(payload ?? '') as Partial<LiveTopic>;
    return (topic === 'bulk' || topic === 'round') && typeof id === 'string' ? { topic, id } : undefined;
  } catch {
    return undefined;
  }
}

function idOf(payload: string | undefined): string | undefined {
  if (payload === undefined) return undefined;
  try {
    const { applicationId } = JSON.parse(payload) as { applicationId?: unknown };
    return typeof applicationId === 'string' ? applicationId : undefined;
  } catch {
    return undefined;
  }
}
