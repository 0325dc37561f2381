import { KintoneRestAPIError } from '@kintone/rest-api-client';

/**
 * `retryable`: later it works by itself. `conflict`: somebody else wrote at the same moment; the same again will do for
 * upserts. `final`: only a person mends it.
 */
export type KintoneErrorKind = 'retryable' | 'conflict' | 'final';

/**
 * What kintone, or the way to it, refused. The message is for a clerk and holds no data: what kintone says repeats what
 * people entered, so of its answer only the code and the names of fields are kept, and no cause.
 */
export class KintoneError extends Error {
  readonly kind: KintoneErrorKind;
  readonly code: string | undefined;
  readonly status: number | undefined;
  /** The paths that kintone complains of, for example `records[2].grade.value`. */
  readonly fields: readonly string[];
  /** Kintone says, or experience does, when to come again. */
  readonly retryAfterMs: number | undefined;
  /** One of the records is at fault, not the request: the others of the batch can go without it. */
  readonly ofRecord: boolean;

  constructor(details: {
    kind: KintoneErrorKind;
    code?: string | undefined;
    status?: number | undefined;
    fields?: readonly string[];
    retryAfterMs?: number;
    ofRecord?: boolean;
    message: string;
  }) {
    const { code, status, fields = [] } = details;
    const where = [code ?? (status === undefined ? undefined : String(status)), ...fields].filter(Boolean);
    super(`${details.message}${where.length > 0 ? `（${where.join(', ')}）` : ''}`);
    this.name = 'KintoneError';
    this.kind = details.kind;
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.retryAfterMs = details.retryAfterMs;
    this.ofRecord = details.ofRecord ?? false;
  }
}

type Sentence = Omit<ConstructorParameters<typeof KintoneError>[0], 'code' | 'status' | 'fields'>;

const BUSY: Sentence = {
  kind: 'retryable',
  retryAfterMs: 2000,
  message: 'kintone が混み合っています。自動でやり直します。',
};
const LOCKED: Sentence = {
  kind: 'conflict',
  retryAfterMs: 500,
  message: 'kintone で同じレコードが同時に更新されました。自動でやり直します。',
};
const SIGN_IN: Sentence = {
  kind: 'final',
  message:
    'kintone にログインできません。システム管理者に、接続用のパスワードまたは API トークンの確認を依頼してください。',
};
const RIGHTS: Sentence = {
  kind: 'final',
  message:
    'kintone の権限が足りません。システム管理者に、アプリと API トークンの権限の確認を依頼してください。',
};

/** By kintone's code (docs of Cybozu, measured by others: see docs/kintone.md). */
const BY_CODE: Readonly<Record<string, Sentence>> = {
  GAIA_TO04: BUSY,
  GAIA_TM12: { ...BUSY, retryAfterMs: 60_000 },
  GAIA_DA02: LOCKED,
  GAIA_RE18: LOCKED,
  GAIA_CO02: LOCKED,
  CB_AU01: SIGN_IN,
  CB_WA01: SIGN_IN,
  GAIA_IA02: SIGN_IN,
  GAIA_DA03: SIGN_IN,
  GAIA_NO01: RIGHTS,
  CB_NO02: RIGHTS,
  GAIA_NO02: {
    kind: 'retryable',
    retryAfterMs: 60_000,
    message: 'kintone のアプリがメンテナンス中です。自動でやり直します。',
  },
  GAIA_AP01: {
    kind: 'final',
    message:
      'kintone のアプリがありません。システム管理者に、アプリの設定（npm run kintone -- apply）の確認を依頼してください。',
  },
  // Uploaded more than three days ago, or attached once already: the next try uploads again.
  GAIA_BL01: {
    ...BUSY,
    ofRecord: true,
    message: 'kintone に送ったファイルの期限が切れました。自動で送り直します。',
  },
  CB_VA01: {
    kind: 'final',
    ofRecord: true,
    message:
      'kintone がこのレコードの内容を受け付けません。アプリのフィールドの設定が変更されていないか確認してください。',
  },
  GAIA_LO04: { kind: 'final', ofRecord: true, message: 'kintone のルックアップの参照先がありません。' },
  GAIA_RE01: {
    kind: 'final',
    ofRecord: true,
    message: 'kintone のレコードがありません。削除された可能性があります。',
  },
};

/** A failure seen as HTTP: status and body, whatever its type. */
export function fromResponse(status: number, body: unknown): KintoneError {
  const { code, errors, results } = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: unknown;
    errors?: Record<string, unknown>;
    results?: unknown;
  };
  if (code === undefined && Array.isArray(results)) {
    const inner: unknown = results.find((one: { code?: unknown }) => one.code !== undefined);
    if (inner) return fromResponse(status, inner);
  }
  const known = typeof code === 'string' ? BY_CODE[code] : undefined;
  const fields = errors ? Object.keys(errors) : [];
  const rest = { code: typeof code === 'string' ? code : undefined, status, fields };
  if (known) return new KintoneError({ ...known, ...rest });
  if (status === 429) return new KintoneError({ ...BUSY, ...rest });
  if (status >= 500) {
    return new KintoneError({
      ...rest,
      kind: 'retryable',
      retryAfterMs: 5000,
      message: 'kintone が停止しているか、メンテナンス中です。自動でやり直します。',
    });
  }
  if (status === 401) return new KintoneError({ ...SIGN_IN, ...rest });
  if (status === 403) return new KintoneError({ ...RIGHTS, ...rest });
  if (status === 409) return new KintoneError({ ...LOCKED, ...rest });
  return new KintoneError({ ...rest, kind: 'final', message: 'kintone がこの要求を受け付けません。' });
}

/** Any failure of a request to kintone, classed. */
export function classify(error: unknown): KintoneError {
  if (error instanceof KintoneError) return error;
  if (error instanceof KintoneRestAPIError) {
    return fromResponse(error.status, { code: error.code, errors: error.errors as object | undefined });
  }
  // The client turns an answer that is no JSON (maintenance) into a plain error "503: …".
  const status = error instanceof Error ? /^(\d{3}): /.exec(error.message)?.[1] : undefined;
  if (status !== undefined) return fromResponse(Number(status), undefined);
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') {
    const late = ['ECONNABORTED', 'ETIMEDOUT', 'ABORT_ERR', 'ESOCKETTIMEDOUT'].includes(code);
    return new KintoneError({
      kind: 'retryable',
      code,
      retryAfterMs: 2000,
      message: late
        ? 'kintone から時間内に返事がありません。自動でやり直します。'
        : 'kintone につながりません。自動でやり直します。',
    });
  }
  // A fault of this program, not of kintone: seen as it is.
  throw error;
}
