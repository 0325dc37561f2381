/**
 * Webhooks as kintone sends them: for operations on single records only, once, without a retry, at most 60 a minute.
 * They are set up by the seed file, since kintone's REST API cannot.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { App } from './apps/model.ts';
import type { AppStore } from './apps/store.ts';
import type { Db } from './database.ts';
import { rows } from './database.ts';

export type WebhookEvent =
  'ADD_RECORD' | 'UPDATE_RECORD' | 'DELETE_RECORD' | 'ADD_RECORD_COMMENT' | 'UPDATE_STATUS';

const PER_MINUTE = 60;
const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;

interface Webhook {
  appRef: string;
  url: string;
  events: WebhookEvent[];
}

export class WebhookSender {
  private readonly apps: AppStore;
  private hooks: Webhook[] = [];
  private sentAt: number[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(apps: AppStore) {
    this.apps = apps;
  }

  async load(db: Db): Promise<void> {
    this.hooks = await rows<Webhook>(db, sql`select app_ref as "appRef", url, events from webhook`);
  }

  /** Sends an event to who asked for it; `body` is what follows id, type and app. Never fails. */
  send(app: App, event: WebhookEvent, body: () => Record<string, unknown>): void {
    for (const hook of this.hooks) {
      if (!hook.events.includes(event) || this.apps.findLive(hook.appRef)?.id !== app.id) continue;
      const now = Date.now();
      this.sentAt = this.sentAt.filter((at) => at > now - 60_000);
      if (this.sentAt.length >= PER_MINUTE) return;
      this.sentAt.push(now);
      const payload = {
        id: randomUUID(),
        type: event,
        app: { id: String(app.id), name: app.config.name },
        ...body(),
      };
      const sending = post(hook.url, payload).finally(() => this.underWay.delete(sending));
      this.underWay.add(sending);
    }
  }

  /** Waits until nothing is being sent. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay);
  }
}

/** A failed notification is lost, as it is with kintone. */
async function post(url: string, payload: unknown): Promise<void> {
  const body = JSON.stringify(payload);
  // kintone sends nothing larger.
  if (Buffer.byteLength(body) > MAX_BYTES) return;
  try {
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'kintone-Webhook/0.1' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    // Nobody is told: the receiver has to reconcile by polling.
  }
}
