import type { ExportRunInfo } from '../../../api/contract/index.ts';
import type {
  ApplicationItem,
  DecisionItem,
  EncodingName,
  EnrolmentItem,
  ExportFormat,
  ExportSubject,
  FacilityItem,
  LineEnd,
  PersonItem,
  SourceKind,
} from '../../../domain/exports/profile.ts';
import type { StatusTone } from '../../components/index.ts';

export const SUBJECT_LABELS: Readonly<Record<ExportSubject, string>> = {
  applications: '申請（1件に1行）',
  enrolments: '在籍（児童・年度ごとに1行）',
  children: '児童（1人に1行）',
};

export const ENCODING_LABELS: Readonly<Record<EncodingName, string>> = {
  cp932: 'CP932（Windowsの日本語。髙・﨑・①を含む）',
  shift_jis: 'Shift_JIS（JIS X 0208のみ。髙・﨑・①を含まない）',
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8（BOM付き）',
};

export const LINE_END_LABELS: Readonly<Record<LineEnd, string>> = {
  crlf: 'CR+LF（Windows）',
  lf: 'LF',
  cr: 'CR',
};

export const SOURCE_LABELS: Readonly<Record<SourceKind, string>> = {
  person: '児童・保護者',
  answer: '申請の入力項目',
  application: '申請',
  decision: '決定',
  enrolment: '在籍',
  facility: '施設',
  line: '行番号',
  constant: '固定の値',
};

export const PERSON_LABELS: Readonly<Record<PersonItem, string>> = {
  childName: '児童の氏名（姓　名）',
  childFamilyName: '児童の姓',
  childGivenName: '児童の名',
  childKana: '児童の氏名フリガナ（姓　名）',
  childFamilyKana: '児童の姓フリガナ',
  childGivenKana: '児童の名フリガナ',
  childBirthDate: '児童の生年月日',
  applicantName: '保護者の氏名（姓　名）',
  applicantFamilyName: '保護者の姓',
  applicantGivenName: '保護者の名',
  applicantKana: '保護者の氏名フリガナ（姓　名）',
  phone: '電話番号',
  postalCode: '郵便番号',
  address: '住所',
};

export const APPLICATION_LABELS: Readonly<Record<ApplicationItem, string>> = {
  receiptNumber: '受付番号',
  procedure: '手続き',
  fiscalYear: '年度',
  round: '受付期間',
  channel: '受付方法',
  stage: '状態',
  receivedOn: '受付日',
};

export const DECISION_ITEM_LABELS: Readonly<Record<DecisionItem, string>> = {
  outcome: '決定（approved・refused）',
  decidedOn: '決定日',
  effectiveFrom: '利用開始日',
  reasonCode: '不承認の理由コード',
};

export const ENROLMENT_LABELS: Readonly<Record<EnrolmentItem, string>> = {
  fiscalYear: '年度',
  bopCode: '新BOPコード',
  from: '在籍開始日',
  to: '在籍終了日',
  withdrawnOn: '退会日',
  extendedMode: '延長の種類（monthly・daily）',
  extendedFrom: '延長の開始月',
  extendedTo: '延長の終了月',
  reductionReason: '減免の理由',
  reductionFrom: '減免の開始月',
  reductionTo: '減免の終了月',
};

export const FACILITY_LABELS: Readonly<Record<FacilityItem, string>> = {
  bopCode: '新BOPコード',
  bopName: '新BOP名',
  hallCode: '児童館コード',
  hallName: '児童館名',
};

export const FORMAT_LABELS: Readonly<Record<ExportFormat['kind'], string>> = {
  text: '文字',
  date: '日付・月',
  code: 'コード表で置き換え',
  number: '数字',
};

export const RUN_TONES: Readonly<Record<ExportRunInfo['state'], StatusTone>> = {
  preparing: 'progress',
  failed: 'danger',
  blocked: 'danger',
  ready: 'info',
  discarded: 'neutral',
  made: 'warning',
  confirmed: 'success',
  withdrawn: 'neutral',
};

/** 「第12号」, or what stands for it before there is a number. */
export function runName(run: Pick<ExportRunInfo, 'number' | 'profileName'>): string {
  return run.number === null ? `${run.profileName}（番号なし）` : `第${String(run.number)}号`;
}

export function scopeText(run: Pick<ExportRunInfo, 'scope' | 'fiscalYear'>): string {
  const year = run.fiscalYear === null ? 'すべての年度' : `${String(run.fiscalYear)}年度`;
  return `${run.scope === 'full' ? '全件' : '変更分のみ'}・${year}`;
}

/** Options of a `Select` from labels. */
export function optionsOf<K extends string>(labels: Readonly<Record<K, string>>) {
  return (Object.entries(labels) as [K, string][]).map(([value, label]) => ({ value, label }));
}
