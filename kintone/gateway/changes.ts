import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppKey, KintoneRecord } from '../apps/index.ts';
import { quote } from './query.ts';

/** A record of an application as it is in kintone now. */
export interface SeenRecord {
  recordId: string;
  receiptNumber: string;
  /** When and by whom it was written last; a minute's resolution. */
  updatedAt: string;
  modifier: { code: string; name: string };
  /** All fields by code, as kintone gives them. */
  values: Readonly<Record<string, unknown>>;
}

const PAGE = 500;

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
      all.push(...(records as KintoneRecord[]).map((record) => seen(record, codes)));
      if (records.length < PAGE) return all;
    }
  }

  /** Records written at or after this instant. kintone's clock has minutes only: ask with some overlap. */
  changedSince(app: AppKey, since: string): Promise<SeenRecord[]> {
    return this.#codesOf(app).then(({ updated }) =>
      this.#all(app, `${updated} >= ${quote(since.replace(/\.\d+Z$/, 'Z'))}`),
    );
  }

  /** Records by their receipt numbers; those that kintone lacks are left out. */
  async byReceipt(app: AppKey, receiptNumbers: readonly string[]): Promise<SeenRecord[]> {
    const all: SeenRecord[] = [];
    for (let i = 0; i < receiptNumbers.length; i += 100) {
      const part = receiptNumbers
        .slice(i, i + 100)
        .map(quote)
        .join(', ');
      all.push(...(await this.#all(app, `receipt_number in (${part})`)));
    }
    return all;
  }

  /** Records by their own numbers. */
  async byIds(app: AppKey, ids: readonly string[]): Promise<SeenRecord[]> {
    const all: SeenRecord[] = [];
    const numbers = ids.filter((id) => /^\d+$/.test(id));
    for (let i = 0; i < numbers.length; i += 100) {
      all.push(
        ...(await this.#all(
          app,
          `$id in (${numbers
            .slice(i, i + 100)
            .map(quote)
            .join(', ')})`,
        )),
      );
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

  /** The receipt numbers of all records, by their own numbers. A request for every 500. */
  async receiptNumbers(app: AppKey): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (let after = '0'; ;) {
      const query = `$id > ${after} order by $id asc limit ${PAGE}`;
      const { records } = await this.#request(app, (client, id) =>
        client.record.getRecords({ app: id, query, fields: ['$id', 'receipt_number'] }),
      );
      for (const record of records as KintoneRecord[]) {
        after = textOf(record, '$id');
        found.set(textOf(record, 'receipt_number'), after);
      }
      if (records.length < PAGE) return found;
    }
  }
}

function seen(record: KintoneRecord, codes: { updated: string; modifier: string }): SeenRecord {
  const modifier = record[codes.modifier]?.value as { code: string; name: string } | undefined;
  return {
    recordId: textOf(record, '$id'),
    receiptNumber: textOf(record, 'receipt_number'),
    updatedAt: textOf(record, codes.updated),
    modifier: modifier ?? { code: '', name: '' },
    values: Object.fromEntries(Object.entries(record).map(([code, { value }]) => [code, value])),
  };
}
