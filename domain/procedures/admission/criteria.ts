import type { Criterion } from '../definition.ts';
import type { GuardianNumber } from '../shared/guardian.ts';
import { DOCUMENT_REASONS, ILLEGIBLE, MISMATCH, MISSING, reason, UNCLEAR } from '../shared/reasons.ts';
import { guardianDocumentTypes } from './documents.ts';
import { reasonFieldCodes } from './reasons.ts';

const whoOf = (n: GuardianNumber) => (n === 1 ? '申請する保護者' : 'もう1人の保護者');

function reasonCriterion(n: GuardianNumber): Criterion {
  return {
    id: `guardian${n}_reason`,
    title: `${whoOf(n)}の要件`,
    guidance:
      '就労・就学・介護等は、週の日数（日曜を除く）、昼間の時間、終了時刻が基準を満たすかを、書類の記載で確認する。休憩・通勤を含めるかは審査基準の設定による。産前産後休業は要件に当たる。育児休業中・求職中は当たらない。病気・障害は保育が困難な状況かを確認する。基準に届かない場合は「要件を満たさない」、迷う場合は区に照会する。',
    ...(n === 2 ? { appliesWhen: { field: 'has_guardian2', equals: true } as const } : {}),
    required: n === 1,
    fields: reasonFieldCodes(n),
    documents: guardianDocumentTypes(n),
    reasons: [
      UNCLEAR,
      MISMATCH,
      reason(
        'hours_unclear',
        '日数・時間が確認できない',
        '日数や時間が確認できません。1週間の日数・時間・終わる時刻を、書類と同じになるように入力してください。',
        '{働|はたら}く {日|ひ}や {時間|じかん}が わかりません。{1週間|いっしゅうかん}の {日数|にっすう}・{時間|じかん}・{終|お}わる {時間|じかん}を、{紙|かみ}と {同|おな}じように {書|か}いてください。',
        'Days or hours cannot be confirmed. Please enter days and hours a week and the time of ending as in the document.',
      ),
      reason(
        'reason_changed',
        '理由が現況と異なる',
        '申請の理由と現在の状況が異なるようです。あてはまる理由を選び、必要な書類を添付してください。',
        '{理由|りゆう}と {今|いま}の ようすが {違|ちが}うようです。{合|あ}う {理由|りゆう}を {選|えら}んで、{必要|ひつよう}な {紙|かみ}を {付|つ}けてください。',
        'The reason stated does not seem to match the present situation. Please choose the one that applies and attach its documents.',
      ),
    ],
  };
}

function documentsCriterion(n: GuardianNumber): Criterion {
  return {
    id: `guardian${n}_documents`,
    title: `${whoOf(n)}の証明書類`,
    guidance:
      '理由に応じた書類がそろい、全体が読み取れ、証明日が基準の期間内か。氏名・勤務先・日数・時間が申請内容と一致するか。就労証明書は発行者の名称・所在地・電話、雇用期間と更新の有無、就労時間の欄に漏れがないか。修正液などの訂正がある場合は発行元に確認する。',
    ...(n === 2 ? { appliesWhen: { field: 'has_guardian2', equals: true } as const } : {}),
    required: n === 1,
    fields: [],
    documents: guardianDocumentTypes(n),
    reasons: DOCUMENT_REASONS,
  };
}

/** The checklist of first and second review: defaults, to be replaced by the ward's own (Q10). */
export const CRITERIA: readonly Criterion[] = [
  {
    id: 'child_identity',
    title: 'お子さんの氏名・生年月日',
    guidance:
      '氏名（フリガナ）・生年月日に誤りや不自然な点がないか。区から提供された情報と照合できる場合は一致するか。よく似た申請（きょうだい・双子・重複）が表示されたら、並べて確認する。',
    required: true,
    fields: [
      'child_family_name',
      'child_given_name',
      'child_family_kana',
      'child_given_kana',
      'child_birth_date',
    ],
    documents: ['other_document'],
    reasons: [
      UNCLEAR,
      reason(
        'name_differs',
        '氏名・生年月日が登録と異なる',
        'お子さんの氏名または生年月日が、区の登録と異なります。住民票のとおりに入力してください。',
        'お{子|こ}さんの {名前|なまえ}か {生|う}まれた {日|ひ}が、{区|く}の {登録|とうろく}と {違|ちが}います。{住民票|じゅうみんひょう}と {同|おな}じに {書|か}いてください。',
        "Your child's name or date of birth differs from the ward's register. Please enter it as on the residence certificate.",
      ),
    ],
  },
  {
    id: 'grade',
    title: '学年・対象児童',
    guidance:
      '生年月日から計算した学年と申請の学年が一致するか。通常の対象学年か、個別の配慮が必要な児童として対象学年に入るか。',
    required: true,
    fields: ['grade', 'child_birth_date', 'special_consideration', 'consideration_details'],
    documents: ['consideration_document'],
    reasons: [
      UNCLEAR,
      reason(
        'grade_differs',
        '学年が生年月日と合わない',
        '学年と生年月日が合いません。利用する年度の学年と、生年月日を確認して入力してください。',
        '{学年|がくねん}と {生|う}まれた {日|ひ}が {合|あ}いません。{使|つか}う {年度|ねんど}の {学年|がくねん}と、{生|う}まれた {日|ひ}を {確認|かくにん}してください。',
        'Grade and date of birth do not fit. Please check the grade in the school year of use and the date of birth.',
      ),
    ],
  },
  {
    id: 'residence',
    title: '住所・通学校',
    guidance:
      'お子さんが区内に住んでいるか、区外の場合は世田谷区立小学校に通学しているか。転入予定の場合は、利用開始までに転入することを書類で確認する。',
    required: true,
    fields: [
      'guardian1_postal_code',
      'guardian1_address_city',
      'guardian1_address_street',
      'guardian1_address_building',
      'guardian1_lives_with_child',
      'child_address',
      'residence',
      'move_in_date',
      'move_in_address',
      'school_kind',
      'school_name',
    ],
    documents: ['residence_proof'],
    reasons: [UNCLEAR, MISSING, ILLEGIBLE, MISMATCH],
  },
  {
    id: 'club',
    title: '利用する新BOP',
    guidance:
      '区立小学校の児童は通学校の新BOPか。それ以外の児童は住所地の新BOPか。受付番号と利用場所は新BOP・年度で決まるため、受付後は変更できない。新BOPが違う場合は、保護者に確認のうえ取り下げてもらい、正しい新BOPで申請し直してもらう。',
    required: true,
    fields: ['school_kind', 'school_name'],
    documents: [],
    reasons: [
      reason(
        'club_differs',
        '通学校・住所と新BOPが合わない',
        '選ばれた新BOPが、学校または住所と合いません。学校を確認し、違う場合は正しい学校を入力してください。新BOPを変える場合は、この申請を取り下げて、正しい新BOPで申請し直してください。',
        '{選|えら}んだ {新|しん}BOPが、{学校|がっこう}か {住所|じゅうしょ}と {合|あ}いません。{学校|がっこう}を {確認|かくにん}して、{違|ちが}うときは {正|ただ}しく {書|か}いてください。{新|しん}BOPを {変|か}えるときは、この {申請|しんせい}を {取|と}り{下|さ}げて、もう {一度|いちど} {申請|しんせい}してください。',
        'The club chosen does not fit the school or the address. Please check the school and correct it if it is wrong. To change the club, withdraw this application and file a new one for the right club.',
      ),
    ],
  },
  {
    id: 'start_date',
    title: '利用開始希望日・曜日',
    guidance:
      '利用開始希望日が年度内か、休みの日でないか。内定・転入の場合は、就労開始日・転入日より前でないか。',
    required: true,
    fields: [
      'start_date',
      'use_days',
      'guardian1_work_starts_on',
      'guardian2_work_starts_on',
      'move_in_date',
    ],
    documents: [],
    reasons: [
      reason(
        'date_differs',
        '開始日が利用できない日',
        '利用を始めたい日に利用できません。年度内で、休みでない日を入力してください。',
        'その {日|ひ}からは {使|つか}えません。{年度|ねんど}の {中|なか}で、{休|やす}みでない {日|ひ}を {書|か}いてください。',
        'Use cannot start on that day. Please enter a day in the school year that is not a closing day.',
      ),
    ],
  },
  reasonCriterion(1),
  documentsCriterion(1),
  reasonCriterion(2),
  documentsCriterion(2),
  {
    id: 'guardian2_absence',
    title: 'もう1人の保護者がいない理由',
    guidance: 'ひとり親は区の情報で確認できるか。単身赴任・別居・入院などは、理由と期間を書類で確認する。',
    appliesWhen: { field: 'has_guardian2', equals: false },
    required: false,
    fields: ['has_guardian2', 'no_guardian2_reason', 'no_guardian2_details'],
    documents: ['absence_proof'],
    reasons: [UNCLEAR, ...DOCUMENT_REASONS],
  },
  {
    id: 'household',
    title: '世帯・きょうだい',
    guidance:
      '同居の家族に記載漏れがないか。きょうだいの申請・在籍と内容（住所・保護者・書類）が一致するか。',
    required: true,
    fields: ['household', 'has_siblings_in_club', 'siblings'],
    documents: [],
    reasons: [
      reason(
        'members_missing',
        '同居の家族の記載漏れ',
        '同居の家族に入力されていない方がいるようです。お子さんと保護者以外の全員を入力してください。',
        '{一緒|いっしょ}に {住|す}んでいる {家族|かぞく}で、{書|か}いていない {人|ひと}が いるようです。{全員|ぜんいん}を {書|か}いてください。',
        'Somebody in the household seems to be missing. Please enter everyone besides your child and the guardians.',
      ),
      UNCLEAR,
    ],
  },
  {
    id: 'contact',
    title: '保護者の連絡先・緊急連絡先・帰宅方法',
    guidance:
      '電話番号の桁数が正しいか。緊急連絡先が保護者本人の番号だけになっていないか。帰宅方法と迎えの人が分かるか。',
    required: true,
    fields: [
      'guardian1_phone',
      'guardian1_email',
      'guardian2_phone',
      'emergency_contacts',
      'way_home',
      'pickup_person',
      'way_home_notes',
    ],
    documents: [],
    reasons: [
      UNCLEAR,
      reason(
        'unreachable',
        '連絡がつかない',
        '入力された連絡先につながりません。つながる電話番号を入力してください。',
        '{書|か}いてある {電話|でんわ}に つながりません。つながる {電話|でんわ}{番号|ばんごう}を {書|か}いてください。',
        'We cannot reach the number given. Please enter one that works.',
      ),
      reason(
        'same_phone',
        '緊急連絡先が保護者と同じ番号',
        '緊急連絡先が保護者と同じ電話番号です。保護者につながらないときに連絡できる、別の番号を入力してください。',
        '{緊急|きんきゅう}の {連絡先|れんらくさき}が {保護者|ほごしゃ}と {同|おな}じ {電話|でんわ}です。{別|べつ}の {電話|でんわ}{番号|ばんごう}を {書|か}いてください。',
        "The emergency contact has the guardian's own number. Please enter another one.",
      ),
    ],
  },
  {
    id: 'consideration',
    title: '個別の配慮・健康',
    guidance:
      '配慮の内容が具体的か、手帳・診断書の写しと一致するか。アレルギー・エピペン・服薬がある場合は、対応が分かるか。受入れの確認が必要な場合は区に照会する。',
    appliesWhen: {
      any: [
        { field: 'special_consideration', equals: true },
        { field: 'has_allergy', equals: true },
        { field: 'health_notes', filled: true },
      ],
    },
    required: false,
    fields: [
      'special_consideration',
      'consideration_details',
      'child_class',
      'child_handbooks',
      'has_allergy',
      'allergy_details',
      'has_epipen',
      'health_notes',
    ],
    documents: ['consideration_document'],
    reasons: [
      reason(
        'details_needed',
        '内容が具体的でない',
        'お子さんに必要な配慮や対応を、もう少し具体的に入力してください。',
        'お{子|こ}さんに {必要|ひつよう}なことを、もう {少|すこ}し くわしく {書|か}いてください。',
        'Please describe in more detail what your child needs.',
      ),
      ...DOCUMENT_REASONS,
    ],
  },
  {
    id: 'consent',
    title: '申請者・同意・署名',
    guidance: '申請者の氏名・続柄が正しいか。同意と確認がそろっているか。紙の申請は署名があるか。',
    required: true,
    fields: [
      'guardian1_family_name',
      'guardian1_given_name',
      'guardian1_family_kana',
      'guardian1_given_kana',
      'guardian1_relation',
      'guardian1_relation_other',
      'guardian2_family_name',
      'guardian2_given_name',
      'guardian2_family_kana',
      'guardian2_given_kana',
      'guardian2_relation',
      'guardian2_relation_other',
      'guardian2_lives_with_child',
      'consent_ward_data',
      'pledge_truth',
    ],
    documents: ['other_document'],
    reasons: [
      UNCLEAR,
      reason(
        'signature_missing',
        '署名・同意がない',
        '署名または同意の確認がありません。内容を確認し、同意するか、署名した書類を添付してください。',
        '{名前|なまえ}の サインか {同意|どうい}が ありません。{読|よ}んで {同意|どうい}するか、サインした {紙|かみ}を {付|つ}けてください。',
        'A signature or consent is missing. Please read and agree, or attach the signed page.',
      ),
    ],
  },
];

/** What the ward may give as reason for a refusal; defaults. */
export const REFUSAL_REASONS: readonly { code: string; label: string }[] = [
  { code: 'not_eligible_child', label: '対象児童に当たらないため（学年・住所・通学校）' },
  { code: 'requirement_not_met', label: '保護者が利用の要件を満たさないため（日数・時間など）' },
  { code: 'reason_not_counted', label: '申請の理由が利用の要件に当たらないため（求職中・育児休業中など）' },
  { code: 'not_confirmed', label: '要件を満たすことを確認できないため（書類の未提出など）' },
  { code: 'guardian_can_care', label: '保育できる保護者がいるため' },
  { code: 'false_statement', label: '申請の内容が事実と異なるため' },
  { code: 'other', label: 'その他（理由を記載）' },
];
