import { randomBytes } from 'node:crypto';
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppKey } from '../apps/index.ts';

/**
 * An app that is being made, noted before kintone is asked for it. kintone lists no app that was never deployed, so that one whose
 * id was lost (a killed run, a lost answer) can be found again only by trying the numbers that follow.
 */
export interface Making {
  key: AppKey;
  /** What it is made under, like no other app's name; its real one comes with its settings. */
  workName: string;
  /** The highest number that was known before. */
  after: string;
  /** When it was noted. */
  at: string;
}

/** What became of an app that an earlier run was making. */
export interface Remains {
  /** Undefined: none of the numbers was it. */
  id: string | undefined;
  /** The last number that was tried. */
  tried: string;
}

/** kintone takes names of 64 characters. */
const NAME_LENGTH = 64;
/** So many numbers without an app behind the last one, and there will be none: apps of others may have been deleted between. */
const MISSES = 100;

/** A name that says what the app will be, and that no other app has. */
export function workNameOf(name: string): string {
  const mark = `（作成中 ${randomBytes(4).toString('hex')}）`;
  return `${name.slice(0, NAME_LENGTH - mark.length)}${mark}`;
}

/** The highest number of an app that this user may see; `0` where there is none. */
export async function highestApp(
  client: KintoneRestAPIClient,
  known: Readonly<Record<string, string>>,
): Promise<string> {
  let highest = Math.max(0, ...Object.values(known).map(Number));
  for (let offset = 0; ; offset += 100) {
    const { apps } = await client.app.getApps({ offset, limit: 100 });
    highest = Math.max(highest, ...apps.map(({ appId }) => Number(appId)));
    if (apps.length < 100) return String(highest);
  }
}

/** Looks for an app that an earlier run was making, by its name among the numbers that follow. Changes nothing. */
export async function findRemains(
  client: KintoneRestAPIClient,
  { workName, after }: Pick<Making, 'workName' | 'after'>,
  known: Readonly<Record<string, string>>,
): Promise<Remains> {
  const last = Number(await highestApp(client, known));
  let id = Number(after);
  for (let misses = 0; misses < MISSES || id < last;) {
    id += 1;
    const name = await nameOf(client, String(id));
    if (name === workName) return { id: String(id), tried: String(id) };
    misses = name === undefined ? misses + 1 : 0;
  }
  return { id: undefined, tried: String(id) };
}

/** An app's name as it will be after its next deployment; empty where it is not ours to see, undefined where there is none. */
async function nameOf(client: KintoneRestAPIClient, app: string): Promise<string | undefined> {
  try {
    return (await client.app.getAppSettings({ app, preview: true })).name;
  } catch (error) {
    const { status } = error as { status?: unknown };
    if (status === 404) return undefined;
    // Others' apps, and those of guest spaces.
    if (status === 403 || status === 400) return '';
    throw error;
  }
}
