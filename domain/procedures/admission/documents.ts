import { text } from '../../texts/locale.ts';
import type { Condition } from '../condition.ts';
import type { DocumentType } from '../definition.ts';
import type { GuardianNumber } from '../shared/guardian.ts';
import { OTHER_DOCUMENT } from '../shared/documents.ts';

interface ReasonDocument {
  type: string;
  ja: string;
  easy: string;
  en: string;
  hint?: DocumentType['hint'];
  /** Required for these reasons, under a further condition if given. */
  for: readonly string[];
  also?: (g: string) => Condition;
  /** Required under this condition too. */
  or?: (g: string) => Condition;
  /** Offered, but not required, for these. */
  offeredFor?: readonly string[];
}

/** Documents by reason (domain.md, "Documents by reason"; forms.md §1). */
const BY_REASON: readonly ReasonDocument[] = [
  {
    type: 'employment_certificate',
    ja: '就労証明書',
    easy: '{就労証明書|しゅうろうしょうめいしょ}（{会社|かいしゃ}が {書|か}く {紙|かみ}）',
    en: 'Employment certificate',
    hint: text(
      '勤務先が作成したもの。国の標準様式を使ってください。きょうだいの申請と同じものの写しも使えます。',
      '{会社|かいしゃ}に {書|か}いてもらってください。きょうだいと {同|おな}じ {紙|かみ}の コピーでも いいです。',
      'Made out by the employer on the national standard form. A copy of the one for a brother or sister will do.',
    ),
    for: ['work'],
    offeredFor: ['maternity', 'childcare_leave'],
  },
  {
    type: 'shift_table',
    ja: '勤務表（シフト表）',
    easy: '{働|はたら}く {日|ひ}と {時間|じかん}の {表|ひょう}（シフト{表|ひょう}）',
    en: 'Shift table',
    hint: text('直近1か月分', '{最近|さいきん}の {1か月|いっかげつ}', 'Of the last month'),
    for: ['work'],
    also: (g) => ({ field: `${g}_schedule`, equals: 'variable' }),
  },
  {
    type: 'self_employment_statement',
    ja: '自営業就労申告書',
    easy: '{自営業|じえいぎょう}の {申告書|しんこくしょ}',
    en: 'Statement of self-employment',
    for: ['self_employed'],
  },
  {
    type: 'business_proof',
    ja: '事業の実態がわかる書類（開業届・確定申告書などの写し）',
    easy: '{仕事|しごと}が わかる {紙|かみ}（{開業届|かいぎょうとどけ}・{確定申告書|かくていしんこくしょ}の コピーなど）',
    en: 'Proof of the business (for example notice of opening, tax return)',
    for: ['self_employed'],
  },
  {
    type: 'school_certificate',
    ja: '在学証明書',
    easy: '{在学証明書|ざいがくしょうめいしょ}（{学校|がっこう}が {出|だ}す {紙|かみ}）',
    en: 'Certificate of enrolment at the school',
    for: ['study'],
  },
  { type: 'timetable', ja: '時間割', easy: '{時間割|じかんわり}', en: 'Timetable', for: ['study'] },
  {
    type: 'maternity_record',
    ja: '母子健康手帳の写し（表紙と出産予定日のページ）',
    easy: '{母子健康手帳|ぼしけんこうてちょう}の コピー（{表紙|ひょうし}と {赤|あか}ちゃんが {生|う}まれる {日|ひ}の ページ）',
    en: 'Copy of the maternity record book (cover and page with the due date)',
    for: ['maternity'],
  },
  {
    type: 'medical_certificate',
    ja: '診断書',
    easy: '{診断書|しんだんしょ}（{病院|びょういん}が {書|か}く {紙|かみ}）',
    en: 'Medical certificate',
    hint: text(
      '病名・期間・保育が難しいことがわかるもの',
      '{病気|びょうき}の {名前|なまえ}・いつまでか・お{子|こ}さんの {世話|せわ}が {難|むずか}しいことが わかる もの',
      'Stating the illness, its period, and that looking after a child is difficult',
    ),
    for: ['illness'],
    or: (g) => ({ field: `${g}_handbook_kind`, equals: 'none' }),
    offeredFor: ['disability', 'care'],
  },
  {
    type: 'disability_handbook',
    ja: '障害者手帳の写し',
    easy: '{障害者|しょうがいしゃ}{手帳|てちょう}の コピー',
    en: 'Copy of the disability certificate',
    for: ['disability'],
    also: (g) => ({ not: { field: `${g}_handbook_kind`, equals: 'none' } }),
  },
  {
    type: 'care_certificate',
    ja: '介護・看護の状況がわかる書類（介護保険証・診断書などの写し）',
    easy: '{世話|せわ}が {必要|ひつよう}なことが わかる {紙|かみ}（{介護保険証|かいごほけんしょう}・{診断書|しんだんしょ}の コピーなど）',
    en: 'Proof of the care needed (for example long-term care insurance card, medical certificate)',
    for: ['care'],
  },
  {
    type: 'disaster_certificate',
    ja: '罹災証明書',
    easy: '{罹災証明書|りさいしょうめいしょ}（{災害|さいがい}の {証明|しょうめい}）',
    en: 'Disaster certificate',
    for: ['disaster'],
  },
  {
    type: 'other_statement',
    ja: '申立書',
    easy: '{申立書|もうしたてしょ}（{理由|りゆう}を {書|か}いた {紙|かみ}）',
    en: 'Written statement of reasons',
    for: ['other'],
    offeredFor: ['illness', 'disability', 'care', 'disaster', 'job_seeking', 'childcare_leave'],
  },
];

function guardianDocuments(n: GuardianNumber): readonly DocumentType[] {
  const g = `guardian${n}`;
  const who = n === 1 ? '申請する保護者' : 'もう1人の保護者';
  const whoEasy = n === 1 ? '{申請|しんせい}する {保護者|ほごしゃ}' : 'もう {1人|ひとり}の {保護者|ほごしゃ}';
  const whoEn = n === 1 ? 'applying guardian' : 'other guardian';
  /** Guardian 2's answers are dropped when there is none; said here too, so that a document never outlives its guardian. */
  const there: readonly Condition[] = n === 1 ? [] : [{ field: 'has_guardian2', equals: true }];
  const forReasons = (reasons: readonly string[]): Condition => ({ field: `${g}_reason`, in: reasons });
  return BY_REASON.map((document): DocumentType => {
    const also = document.also ? [document.also(g)] : [];
    const or = document.or ? [document.or(g)] : [];
    const required: Condition = { any: [{ all: [forReasons(document.for), ...also] }, ...or] };
    return {
      type: `${document.type}_${n}`,
      label: text(`${document.ja}（${who}）`, `${document.easy}（${whoEasy}）`, `${document.en} (${whoEn})`),
      ...(document.hint ? { hint: document.hint } : {}),
      requiredWhen: { all: [...there, required] },
      offeredWhen: { all: [...there, forReasons([...document.for, ...(document.offeredFor ?? [])])] },
      mayFollow: true,
      family: true,
      maxFiles: 5,
    };
  });
}

/** The types of all documents about one guardian's reason. */
export function guardianDocumentTypes(n: GuardianNumber): readonly string[] {
  return BY_REASON.map((document) => `${document.type}_${n}`);
}

const absent = (...reasons: readonly string[]): Condition => ({
  all: [
    { field: 'has_guardian2', equals: false },
    { field: 'no_guardian2_reason', in: reasons },
  ],
});

export const DOCUMENTS: readonly DocumentType[] = [
  ...guardianDocuments(1),
  ...guardianDocuments(2),
  {
    type: 'absence_proof',
    label: text(
      'もう1人の保護者が保育できないことがわかる書類',
      'もう {1人|ひとり}の {保護者|ほごしゃ}が {一緒|いっしょ}に いないことが わかる {紙|かみ}',
      'Proof that the other guardian is away',
    ),
    hint: text(
      '単身赴任は就労証明書（単身赴任の記載があるもの）・辞令、別居は離婚調停の書類、入院は診断書など。ひとり親で、区の情報で確認できる場合は不要です。',
      '{単身赴任|たんしんふにん}は {会社|かいしゃ}の {紙|かみ}、{離婚|りこん}の {話|はな}し{合|あ}い{中|ちゅう}は {裁判所|さいばんしょ}の {紙|かみ}、{入院|にゅういん}は {診断書|しんだんしょ}などです。ひとり{親|おや}のときは、いらないことが あります。',
      'Posted away: employment certificate or order; separated: papers of the divorce proceedings; hospital: medical certificate. Usually not needed for single parents.',
    ),
    requiredWhen: absent('posted_away', 'separated', 'hospital', 'other'),
    offeredWhen: { field: 'has_guardian2', equals: false },
    mayFollow: true,
    family: true,
    maxFiles: 5,
  },
  {
    type: 'residence_proof',
    label: text(
      '転入することがわかる書類（賃貸借契約書・売買契約書などの写し）',
      '{引|ひ}っ{越|こ}すことが わかる {紙|かみ}（{家|いえ}の {契約書|けいやくしょ}の コピーなど）',
      'Proof of the move (copy of the lease or purchase contract)',
    ),
    requiredWhen: { field: 'residence', equals: 'moving_in' },
    offeredWhen: { field: 'residence', equals: 'moving_in' },
    mayFollow: true,
    family: true,
    maxFiles: 5,
  },
  {
    type: 'consideration_document',
    label: text(
      '配慮が必要なことがわかる書類（手帳・診断書などの写し）',
      '{手助|てだす}けが {必要|ひつよう}なことが わかる {紙|かみ}（{手帳|てちょう}・{診断書|しんだんしょ}の コピーなど）',
      'Proof of the need for consideration (certificate, medical certificate)',
    ),
    requiredWhen: {
      all: [
        { field: 'special_consideration', equals: true },
        { field: 'child_handbooks', filled: true },
      ],
    },
    offeredWhen: { field: 'special_consideration', equals: true },
    mayFollow: true,
    maxFiles: 5,
  },
  OTHER_DOCUMENT,
];
