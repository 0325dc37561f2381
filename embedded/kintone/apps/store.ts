/** The apps and their settings: kept in memory, written through to the database. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { rows } from '../database.ts';
import { errors } from '../errors.ts';
import type { App, AppConfig } from './model.ts';

export interface AppRow {
  id: number;
  code: string;
  spaceId: number | null;
  threadId: number | null;
  creator: string;
  createdAt: Date;
  modifier: string;
  modifiedAt: Date;
  live: AppConfig | null;
  liveRevision: number | null;
  preview: AppConfig;
  previewRevision: number;
  deployStatus: 'PROCESSING' | 'SUCCESS' | 'FAIL' | 'CANCEL';
  deployBy: string | null;
  nextFieldId: number;
}

const SELECT = sql`select id, code, space_id as "spaceId", thread_id as "threadId", creator, created_at as "createdAt",
  modifier, modified_at as "modifiedAt", live, live_revision as "liveRevision", preview,
  preview_revision as "previewRevision", deploy_status as "deployStatus", deploy_by as "deployBy",
  next_field_id as "nextFieldId" from app`;

export class AppStore {
  private readonly apps = new Map<number, AppRow>();

  async load(db: Db): Promise<void> {
    this.apps.clear();
    for (const row of await rows<AppRow>(db, SELECT)) this.apps.set(row.id, row);
  }

  /** Reads one app again, after it has been changed. */
  async refresh(db: Db, id: number): Promise<void> {
    const [row] = await rows<AppRow>(db, sql`${SELECT} where id = ${id}`);
    if (row) this.apps.set(id, row);
  }

  /** An app's row, locked until the transaction ends. */
  async lock(db: Db, id: number): Promise<AppRow> {
    const [row] = await rows<AppRow>(db, sql`${SELECT} where id = ${id} for update`);
    if (!row) throw errors.noApp(id);
    return row;
  }

  all(): AppRow[] {
    return [...this.apps.values()].sort((a, b) => a.id - b.id);
  }

  row(id: number): AppRow {
    const row = this.apps.get(id);
    if (!row) throw errors.noApp(id);
    return row;
  }

  /** An app as people use it. An app that was never deployed does not exist for them. */
  live(id: number): App {
    const row = this.row(id);
    if (!row.live) throw errors.noApp(id);
    return toApp(row, row.live, row.liveRevision ?? 0, false);
  }

  /** An app as people use it; undefined where it is none, or not any more. */
  liveOrNone(id: number): App | undefined {
    const row = this.apps.get(id);
    return row?.live ? toApp(row, row.live, row.liveRevision ?? 0, false) : undefined;
  }

  /** An app as it is being set up. */
  preview(id: number): App {
    return previewOf(this.row(id));
  }

  /** The live app that a seed names by id, code or name; undefined while there is none. */
  findLive(ref: string): AppRow | undefined {
    const live = this.all().filter((row) => row.live !== null);
    return (
      live.find((row) => row.code !== '' && row.code === ref) ??
      live.find((row) => row.live?.name === ref) ??
      live.find((row) => String(row.id) === ref)
    );
  }
}

/** The preview side of an app's row. */
export function previewOf(row: AppRow): App {
  return toApp(row, row.preview, row.previewRevision, true);
}

function toApp(row: AppRow, config: AppConfig, revision: number, preview: boolean): App {
  return {
    id: row.id,
    code: row.code,
    spaceId: row.spaceId,
    threadId: row.threadId,
    creator: row.creator,
    createdAt: row.createdAt,
    modifier: row.modifier,
    modifiedAt: row.modifiedAt,
    config,
    revision,
    preview,
  };
}
