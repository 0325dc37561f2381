import type { ApplicationState } from '../../domain/application/state.ts';
import { KINTONE_BOOK_LABELS } from '../../domain/texts/application.ts';
import type { Application } from '../../store/applications.ts';
import { changesOfApplication, type KeptChange } from '../../store/kintone.ts';
import type { KintoneChangeView } from '../contract/kintone.ts';
import type { ApiDeps } from '../deps.ts';

/** What people changed in kintone, for the page of an application. */
export interface KintoneChanges {
  /** Those that wait for a person's judgement. */
  open: readonly KintoneChangeView[];
  /** Who did what, for the line of the timeline, by the change's id. */
  words: ReadonlyMap<string, string>;
}

/** An instant of kintone's, which has no milliseconds. */
const instant = (text: string) => new Date(text).toISOString();

function inWords({ kind, detail, foundAt }: KeptChange): string {
  const who =
    detail.who === null
      ? '変更した人は kintone の変更履歴で確認してください'
      : `kintone での操作者: ${detail.who}`;
  const at = new Date(detail.at ?? foundAt).toLocaleString('ja-JP', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const fields = kind === 'deleted' ? [] : detail.fields;
  const { record } = detail;
  return [
    ...(record ? [`${KINTONE_BOOK_LABELS[record.app]}「${record.title}」`] : []),
    `${who}（${at}）`,
    ...fields.map((field) => `${field.label}: ${field.before} → ${field.after}`),
  ].join('\n');
}

/** Reads what is kept of an application's changes in kintone. */
export async function kintoneChanges(
  { db, keyring }: Pick<ApiDeps, 'db' | 'keyring'>,
  application: Application,
  state: ApplicationState,
): Promise<KintoneChanges> {
  if (!state.kintoneChangeIds?.length) return { open: [], words: new Map() };
  const kept = await changesOfApplication(db, keyring, application.id);
  const open = new Set(state.kintoneChanges?.map(({ id }) => id));
  return {
    open: kept
      .filter(({ id }) => open.has(id))
      .map(({ id, kind, detail, foundAt }) => ({
        id,
        kind,
        who: detail.who,
        at: instant(detail.at ?? foundAt),
        record: detail.record ? { app: detail.record.app, title: detail.record.title } : null,
        restorable: detail.restorable !== false,
        fields: [...detail.fields],
      })),
    words: new Map(kept.map((change) => [change.id, inWords(change)])),
  };
}
