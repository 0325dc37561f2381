import type {
  AnswerLayout,
  ExportColumn,
  ExportFormat,
  ExportProfile,
  ExportSource,
  Replacement,
} from './profile.ts';

/**
 * Profiles that a new installation begins with. Nobody publishes the ward's layout, so these are ours (forms.md §10) and
 * marked as defaults: the ward edits them, or sets its own beside them.
 */
const TEXT: ExportFormat = { kind: 'text', kana: 'asIs', width: 'asIs' };
const HALF_KANA: ExportFormat = { kind: 'text', kana: 'halfKatakana', width: 'half' };
const DATE: ExportFormat = { kind: 'date', pattern: 'yyyy/mm/dd' };
const ERA_DATE: ExportFormat = { kind: 'date', pattern: 'gee.mm.dd' };
const MONTH: ExportFormat = { kind: 'date', pattern: 'yyyymm' };

const code = (map: Readonly<Record<string, string>>, otherwise: string | null = null): ExportFormat => ({
  kind: 'code',
  map: Object.entries(map).map(([from, to]) => ({ from, to })),
  otherwise,
});

function column(
  title: string,
  source: ExportSource,
  format: ExportFormat = TEXT,
  more: Partial<ExportColumn> = {},
): ExportColumn {
  return {
    title,
    source,
    format,
    width: null,
    overflow: 'problem',
    pad: { side: 'right', char: ' ' },
    required: false,
    whenEmpty: '',
    ...more,
  };
}

const must = { required: true };
const RECEIPT = column('受付番号', { kind: 'application', item: 'receiptNumber' }, TEXT, must);
const FISCAL_YEAR = column(
  '年度',
  { kind: 'application', item: 'fiscalYear' },
  { kind: 'number', digits: 4 },
  must,
);
const PROCEDURE_CODES = code({
  admission: '01',
  extendedUse: '02',
  declineExtendedUse: '03',
  withdrawal: '04',
  withdrawalDateChange: '05',
  feeReduction: '06',
  certificate: '07',
  cancellation: '08',
});
const BOP = column('新BOPコード', { kind: 'facility', item: 'bopCode' }, { kind: 'number', digits: 3 }, must);
const CHILD: readonly ExportColumn[] = [
  column('児童氏名', { kind: 'person', item: 'childName' }, TEXT, must),
  column('児童氏名カナ', { kind: 'person', item: 'childKana' }, HALF_KANA, must),
  column('生年月日', { kind: 'person', item: 'childBirthDate' }, DATE, must),
];

const CSV_ANSWERS: AnswerLayout = {
  encoding: 'cp932',
  skipLines: 1,
  key: 'receiptNumber',
  layout: { kind: 'delimited', delimiter: ',', keyColumn: 1, resultColumn: 2, reasonColumn: 3 },
  accepted: ['0', 'OK', '正常'],
  rejected: ['1', 'NG', 'エラー'],
  reasons: [
    { code: 'E01', text: '該当する児童が見つかりません' },
    { code: 'E02', text: '登録済みのデータと矛盾しています' },
    { code: 'E03', text: 'コードが正しくありません' },
  ],
};

const BASE = {
  active: true,
  encoding: 'cp932',
  lineEnd: 'crlf',
  endsWithLineEnd: true,
  lineBreaks: 'space',
  unit: 'bytes',
  extension: 'csv',
  answers: CSV_ANSWERS,
} as const;

const NOTE = '既定値です。区の学童クラブ管理システムの取込仕様に合わせて直してください。';

export const DEFAULT_EXPORT_PROFILES: readonly ExportProfile[] = [
  {
    ...BASE,
    id: 'admission_decisions',
    name: '入会決定データ',
    note: NOTE,
    subject: 'applications',
    procedures: ['admission'],
    stages: ['approved', 'refused'],
    layout: { kind: 'delimited', delimiter: ',', quote: 'whenNeeded', header: true },
    fileName: 'nyukai_{date:yyyymmdd}_{number:4}',
    columns: [
      RECEIPT,
      column('手続区分', { kind: 'application', item: 'procedure' }, PROCEDURE_CODES, must),
      FISCAL_YEAR,
      ...CHILD,
      column('学年', { kind: 'answer', field: 'grade', label: false }, { kind: 'number', digits: 0 }),
      column('学校名', { kind: 'answer', field: 'school_name', label: false }),
      BOP,
      column('保護者氏名', { kind: 'person', item: 'applicantName' }, TEXT, must),
      column('保護者氏名カナ', { kind: 'person', item: 'applicantKana' }, HALF_KANA),
      column('郵便番号', { kind: 'person', item: 'postalCode' }),
      column('住所', { kind: 'person', item: 'address' }),
      column('電話番号', { kind: 'person', item: 'phone' }),
      column('決定区分', { kind: 'decision', item: 'outcome' }, code({ approved: '1', refused: '2' }), must),
      column('決定日', { kind: 'decision', item: 'decidedOn' }, DATE, must),
      column('利用開始日', { kind: 'decision', item: 'effectiveFrom' }, DATE),
    ],
  },
  {
    ...BASE,
    id: 'enrolments',
    name: '在籍データ',
    note: NOTE,
    subject: 'enrolments',
    procedures: [],
    stages: [],
    layout: { kind: 'fixed' },
    extension: 'dat',
    fileName: 'zaiseki_{fiscalYear}_{date:yyyymmdd}_{number:4}',
    columns: [
      { ...RECEIPT, width: 12 },
      {
        ...column('年度', { kind: 'enrolment', item: 'fiscalYear' }, { kind: 'number', digits: 4 }, must),
        width: 4,
      },
      column('児童氏名', { kind: 'person', item: 'childName' }, TEXT, { ...must, width: 60 }),
      column('児童氏名カナ', { kind: 'person', item: 'childKana' }, HALF_KANA, { ...must, width: 60 }),
      column('生年月日', { kind: 'person', item: 'childBirthDate' }, ERA_DATE, { ...must, width: 9 }),
      { ...BOP, width: 3 },
      column('在籍開始日', { kind: 'enrolment', item: 'from' }, ERA_DATE, { ...must, width: 9 }),
      column('在籍終了日', { kind: 'enrolment', item: 'to' }, ERA_DATE, { width: 9 }),
      column('退会日', { kind: 'enrolment', item: 'withdrawnOn' }, ERA_DATE, { width: 9 }),
      column('延長区分', { kind: 'enrolment', item: 'extendedMode' }, code({ monthly: '1', daily: '2' }), {
        width: 1,
        whenEmpty: '0',
      }),
      column('延長開始月', { kind: 'enrolment', item: 'extendedFrom' }, MONTH, { width: 6 }),
      column('延長終了月', { kind: 'enrolment', item: 'extendedTo' }, MONTH, { width: 6 }),
      column(
        '減免区分',
        { kind: 'enrolment', item: 'reductionReason' },
        code({ publicAssistance: '1', taxExempt: '2', schoolExpense: '3', longAbsence: '4' }),
        { width: 1, whenEmpty: '0' },
      ),
      column('減免開始月', { kind: 'enrolment', item: 'reductionFrom' }, MONTH, { width: 6 }),
      column('減免終了月', { kind: 'enrolment', item: 'reductionTo' }, MONTH, { width: 6 }),
    ],
  },
  {
    ...BASE,
    id: 'children',
    name: '児童データ',
    note: NOTE,
    subject: 'children',
    procedures: [],
    stages: [],
    encoding: 'utf-8-bom',
    layout: { kind: 'delimited', delimiter: '\t', quote: 'whenNeeded', header: true },
    extension: 'tsv',
    fileName: 'jido_{date:yyyymmdd}_{number:4}',
    answers: { ...CSV_ANSWERS, encoding: 'utf-8' },
    columns: [
      RECEIPT,
      ...CHILD,
      column('保護者氏名', { kind: 'person', item: 'applicantName' }, TEXT, must),
      column('保護者氏名カナ', { kind: 'person', item: 'applicantKana' }, HALF_KANA),
      column('郵便番号', { kind: 'person', item: 'postalCode' }),
      column('住所', { kind: 'person', item: 'address' }),
      column('電話番号', { kind: 'person', item: 'phone' }),
      BOP,
    ],
  },
];

const SAME_SIGN = '同じ記号の別の符号（Macなどの入力）';

/**
 * Only signs that differ by the machine they were typed on; how a name's character is written otherwise is for the ward to
 * say, one by one.
 */
export const DEFAULT_REPLACEMENTS: readonly Replacement[] = [
  { from: '\u301c', to: '\uff5e', note: SAME_SIGN },
  { from: '\u2212', to: '\uff0d', note: SAME_SIGN },
  { from: '\u2014', to: '\u2015', note: SAME_SIGN },
  { from: '\u2016', to: '\u2225', note: SAME_SIGN },
  { from: '\u00a5', to: '\uffe5', note: SAME_SIGN },
  { from: '\u00a0', to: ' ', note: '改行しない空白' },
];
