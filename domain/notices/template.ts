import type { ProcedureDefinition } from '../procedures/definition.ts';
import { fieldsOf } from '../procedures/fields.ts';
import { proceduresOfKind, type NoticeKind } from './kinds.ts';

/** How a notice reaches the family: by post, on the portal alone, or over the counter; on the portal it can be read in any case. */
export type NoticeDelivery = 'post' | 'portal' | 'counter';

/** The ward's template of one kind of notice: data that it edits (Q22). `{…}` are filled in. */
export interface NoticeTemplate {
  title: string;
  /** 文書番号, for example `{eraYear}世児童入第{serial}号`. */
  number: string;
  opening: readonly string[];
  /** The table of facts. */
  rows: readonly { label: string; value: string }[];
  closing: readonly string[];
  /** 教示: printed only for the procedures whose decision the ward calls a disposition (処分); the text is the ward's. */
  objection: { procedures: readonly string[]; text: readonly string[] };
  /** Who signs: lines at the right. */
  sender: readonly string[];
  delivery: { online: 'post' | 'portal'; paper: 'post' | 'portal' };
}

/** What templates may name, with what stands there; the editor lists them. */
export const PLACEHOLDERS = {
  childName: '児童の氏名',
  childKana: '児童の氏名（フリガナ）',
  childBirthDate: '児童の生年月日',
  grade: '学年',
  guardianName: '申請者（保護者）の氏名',
  address: '申請者の住所',
  procedure: '手続きの名前',
  receiptNumber: '受付番号',
  fiscalYear: '利用年度（令和9年度）',
  round: '受付期間（一次・二次・随時）',
  bopName: '新BOPの名前',
  newBopName: '移る先の新BOPの名前（転校など）',
  hallName: '児童館の名前',
  receivedOn: '申請日',
  decidedOn: '決定日',
  issuedOn: '通知書の日付',
  effectiveFrom: '決定した開始日',
  from: '始まり（日または月）',
  to: '終わり（日または月）',
  lastDay: '退会日（最後に利用する日）',
  useMode: '延長利用の区分（月ごと・日ごと）',
  reductionReason: '減免の理由',
  reason: '不承認の理由（区分）',
  reasonText: '不承認の理由（区が書いた説明）',
  fee: '利用料（月額 5,000円）',
  extendedFee: '延長利用の利用料（区分による）',
  enrolledPeriods: '在籍の期間と新BOP（台帳から。証明書用）',
  monthlyFees: '月ごとの利用料（台帳から。利用料証明書用）',
  feesTotal: '利用料の合計（台帳から。利用料証明書用）',
  officeName: '窓口の名前',
  officePhone: '窓口の電話番号',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;
/** Only the document number knows these. */
export const NUMBER_PLACEHOLDERS = {
  eraYear: '年度（令和の年。8 など）',
  year: '年度（西暦）',
  serial: '年度と種類ごとの番号',
} as const;

const NAMES = /\{([^{}]*)\}/gu;
const ANSWER = /^answers\.([a-z0-9_]+)$/u;

/** The names in a text's braces. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(NAMES)].map((match) => match[1] ?? '');
}

/**
 * Fills in a text. Undefined where everything that it names is empty: a line that has nothing to say is left out.
 * Names that there are none of stay as they are; {@link templateProblems} keeps them from being saved.
 */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string | undefined {
  const names = placeholdersIn(text);
  if (names.length > 0 && names.every((name) => values[name] === '')) return undefined;
  return text.replace(NAMES, (whole, name: string) => values[name] ?? whole);
}

export interface TemplateProblem {
  /** Dotted: `opening.0`, `rows.2.value`. */
  path: string;
  message: string;
}

/** Every text of a template with its place. */
function textsOf(template: NoticeTemplate): readonly (readonly [path: string, text: string])[] {
  const list = (path: string, texts: readonly string[]) =>
    texts.map((text, index) => [`${path}.${index}`, text] as const);
  return [
    ['title', template.title],
    ...list('opening', template.opening),
    ...template.rows.flatMap(({ label, value }, index) => [
      [`rows.${index}.label`, label] as const,
      [`rows.${index}.value`, value] as const,
    ]),
    ...list('closing', template.closing),
    ...list('objection.text', template.objection.text),
    ...list('sender', template.sender),
  ];
}

/** The answers that a kind's template may name as `{answers.…}`: what any of its procedures asks for. */
export function answerPlaceholders(
  kind: NoticeKind,
  procedures: readonly ProcedureDefinition[],
): readonly { name: string; label: string }[] {
  const codes = proceduresOfKind(
    kind,
    procedures.map((procedure) => procedure.code),
  );
  const found = new Map<string, string>();
  for (const procedure of procedures.filter((one) => codes.includes(one.code))) {
    for (const field of fieldsOf(procedure)) {
      const name = `answers.${field.code}`;
      if (!found.has(name)) found.set(name, field.label.ja);
    }
  }
  return [...found].map(([name, label]) => ({ name, label }));
}

function unknownName(name: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(name)) return undefined;
  if (ANSWER.test(name)) {
    return `{${name}} という質問は、この通知書の手続きにありません。差し込める項目の一覧から選んでください。`;
  }
  return `{${name}} という差し込み項目はありません。差し込める項目の一覧から選んでください。`;
}

/** What the ward has to put right before a template can be used; empty where nothing. Messages are for its screen. */
export function templateProblems(
  kind: NoticeKind,
  template: NoticeTemplate,
  procedures: readonly ProcedureDefinition[],
): readonly TemplateProblem[] {
  const known = new Set<string>([
    ...Object.keys(PLACEHOLDERS),
    ...answerPlaceholders(kind, procedures).map(({ name }) => name),
  ]);
  const problems: TemplateProblem[] = [];
  const names = (path: string, text: string, allowed: ReadonlySet<string>) => {
    for (const name of placeholdersIn(text)) {
      const message = unknownName(name, allowed);
      if (message) problems.push({ path, message });
    }
    if (/[{}]/u.test(text.replace(NAMES, ''))) {
      problems.push({
        path,
        message: '「{」と「}」の数が合いません。差し込み項目は {childName} の形で書いてください。',
      });
    }
  };
  for (const [path, text] of textsOf(template)) names(path, text, known);
  const inNumber = placeholdersIn(template.number);
  names('number', template.number, new Set(Object.keys(NUMBER_PLACEHOLDERS)));
  if (inNumber.filter((name) => name === 'serial').length !== 1) {
    problems.push({ path: 'number', message: '文書番号には {serial} を1つ入れてください。' });
  }
  if (!inNumber.includes('eraYear') && !inNumber.includes('year')) {
    problems.push({
      path: 'number',
      message: '文書番号には {eraYear} または {year} を入れてください。年度が変わると番号は1に戻ります。',
    });
  }
  if (template.objection.procedures.length > 0 && template.objection.text.length === 0) {
    problems.push({
      path: 'objection.text',
      message: '処分とする手続きを選んだときは、教示の文を入力してください。',
    });
  }
  const codes = proceduresOfKind(
    kind,
    procedures.map((one) => one.code),
  );
  for (const [index, code] of template.objection.procedures.entries()) {
    if (!codes.includes(code)) {
      problems.push({
        path: `objection.procedures.${index}`,
        message: 'この通知書を使わない手続きです。選び直してください。',
      });
    }
  }
  return problems;
}

/** Do two document numbers come out alike for some year and serial? Two kinds must not share a form. */
export function sameNumberForm(a: string, b: string): boolean {
  const shape = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/\{(eraYear|year)\}/gu, '{year}')
      .replace(/\s/gu, '');
  return shape(a) === shape(b);
}
