import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { appByKey, type AppKey, type KintoneRecord } from '../apps/index.ts';
import { anyOf, quote } from './query.ts';

/** A record as it is in kintone now. */
export interface SeenRecord {
  recordId: string;
  /** The value of the app's key field. */
  key: string;
  /** Empty where the app has none. */
  receiptNumber: string;
  /** When and by whom it was written last; a minute's resolution. */
  updatedAt: string;
  modifier: { code: string; name: string };
  /** All fields by code, as kintone gives them. */
  values: Readonly<Record<string, unknown>>;
}

const PAGE = 500;
const KEYS_A_QUERY = 100;

type Request = <T>(app: AppKey, work: (client: KintoneRestAPIClient, id: string) => Promise<T>) => Promise<T>;

const textOf = (record: KintoneRecord, code: string): string => {
  const value = record[code]?.value;
  return typeof value === 'string' ? value : '';
};

/** Reads for finding what people changed in kintone: few requests, 500 records each. */
export class Changes {
  readonly #request: Request;
  /** The codes of the fields "updated time" and "modifier", which differ with the language of who made the app. */
  readonly #codes = new Map<AppKey, { updated: string; modifier: string }>();

  constructor(request: Request) {
    this.#request = request;
  }

  async #codesOf(app: AppKey): Promise<{ updated: string; modifier: string }> {
    const known = this.#codes.get(app);
    if (known) return known;
    const { properties } = await this.#request(app, (client, id) => client.app.getFormFields({ app: id }));
    const code = (type: string) => Object.values(properties).find((field) => field.type === type)?.code ?? '';
    const codes = { updated: code('UPDATED_TIME'), modifier: code('MODIFIER') };
    this.#codes.set(app, codes);
    return codes;
  }

  async #all(app: AppKey, condition: string): Promise<SeenRecord[]> {
    const codes = await this.#codesOf(app);
    const all: SeenRecord[] = [];
    for (;;) {
      const after = all.at(-1)?.recordId ?? '0';
      const query = `${condition === '' ? '' : `(${condition}) and `}$id > ${after} order by $id asc limit ${PAGE}`;
      const { records } = await this.#request(app, (client, id) =>
        client.record.getRecords({ app: id, query }),
      );
      all.push(...(records as KintoneRecord[]).map((record) => seen(app, record, codes)));
      if (records.length < PAGE) return all;
    }
  }

  /** Records written at or after this instant. kintone's clock has minutes only: ask with some overlap. */
  changedSince(app: AppKey, since: string): Promise<SeenRecord[]> {
    return this.#codesOf(app).then(({ updated }) =>
      this.#all(app, `${updated} >= ${quote(since.replace(/\.\d+Z$/, 'Z'))}`),
    );
  }

  /** All records of an app. A request for every 500. */
  all(app: AppKey): Promise<SeenRecord[]> {
    return this.#all(app, '');
  }

  /** Records by the app's key field; those that kintone lacks are left out. */
  async byKeys(app: AppKey, keys: readonly string[]): Promise<SeenRecord[]> {
    const all: SeenRecord[] = [];
    for (let i = 0; i < keys.length; i += KEYS_A_QUERY) {
      all.push(...(await this.#all(app, anyOf(appByKey(app).recordKey, keys.slice(i, i + KEYS_A_QUERY)))));
    }
    return all;
  }

  /** Records by their own numbers. */
  async byIds(app: AppKey, ids: readonly string[]): Promise<SeenRecord[]> {
    const all: SeenRecord[] = [];
    const numbers = ids.filter((id) => /^\d+$/.test(id));
    for (let i = 0; i < numbers.length; i += KEYS_A_QUERY) {
      all.push(...(await this.#all(app, anyOf('$id', numbers.slice(i, i + KEYS_A_QUERY)))));
    }
    return all;
  }

  /** How many records the app has. One request. */
  async count(app: AppKey): Promise<number> {
    const { totalCount } = await this.#request(app, (client, id) =>
      client.record.getRecords({ app: id, query: 'limit 1', fields: ['$id'], totalCount: true }),
    );
    return Number(totalCount);
  }

  /** The keys of all records, with kintone's own numbers. A request for every 500. */
  async keys(app: AppKey): Promise<ReadonlyMap<string, string>> {
    const { recordKey } = appByKey(app);
    const found = new Map<string, string>();
    for (let after = '0'; ;) {
      const query = `$id > ${after} order by $id asc limit ${PAGE}`;
      const { records } = await this.#request(app, (client, id) =>
        client.record.getRecords({ app: id, query, fields: ['$id', recordKey] }),
      );
      for (const record of records as KintoneRecord[]) {
        after = textOf(record, '$id');
        found.set(textOf(record, recordKey), after);
      }
      if (records.length < PAGE) return found;
    }
  }
}

function seen(app: AppKey, record: KintoneRecord, codes: { updated: string; modifier: string }): SeenRecord {
  const modifier = record[codes.modifier]?.value as { code: string; name: string } | undefined;
  return {
    recordId: textOf(record, '$id'),
    key: textOf(record, appByKey(app).recordKey),
    receiptNumber: textOf(record, 'receipt_number'),
    updatedAt: textOf(record, codes.updated),
    modifier: modifier ?? { code: '', name: '' },
    values: Object.fromEntries(Object.entries(record).map(([code, { value }]) => [code, value])),
  };
}
