import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import { composed, toAscii } from '../procedures/normalise.ts';
import { comparableKana } from './identity.ts';

/** The least about a child that two applications can be compared by. Personal data: never in Temporal, never in logs. */
export interface ChildSketch {
  familyName: string;
  givenName: string;
  familyKana: string;
  givenKana: string;
  birthDate: string;
  /** The applicant's kana, family and given. */
  guardianKana?: string;
  postalCode?: string;
  address?: string;
  phone?: string;
}

export const LOOK_ALIKE_REASONS = [
  'sameChild',
  'sameBirthDate',
  'similarKana',
  'similarName',
  'birthDateTypo',
  'twins',
  'siblings',
  'sameGuardian',
  'sameAddress',
  'samePhone',
] as const;
export type LookAlikeReason = (typeof LOOK_ALIKE_REASONS)[number];

/** Words for the reviewer. */
export const LOOK_ALIKE_LABELS: Readonly<Record<LookAlikeReason, string>> = {
  sameChild: '氏名と生年月日が同じです（重複の可能性）',
  sameBirthDate: '生年月日が同じです',
  similarKana: 'フリガナがよく似ています',
  similarName: '氏名がよく似ています',
  birthDateTypo: '生年月日が1か所だけ違います（入力誤りの可能性）',
  twins: '双子などの可能性があります',
  siblings: 'きょうだいの可能性があります',
  sameGuardian: '保護者が同じです',
  sameAddress: '住所が同じです',
  samePhone: '電話番号が同じです',
};

export interface Similarity {
  /** `duplicate`: probably the same child. `family`: another child of the same family. */
  kind: 'duplicate' | 'family';
  reasons: readonly LookAlikeReason[];
}

/** Variants of kanji in names, each group under its first; those that Unicode itself folds (NFKC) are not listed. */
const VARIANTS: readonly string[] = [
  '高髙',
  '崎﨑嵜碕',
  '斉齊斎齋',
  '辺邊邉',
  '吉𠮷',
  '沢澤',
  '浜濱濵',
  '島嶋嶌',
  '広廣',
  '国國',
  '桜櫻',
  '真眞',
  '恵惠',
  '徳德',
  '富冨',
  '峰峯',
  '松枩',
  '滝瀧',
  '竜龍',
  '会會',
  '栄榮',
  '岡罡',
  '柳栁',
  '藤籐',
  '曽曾',
  '円圓',
  '黒黑',
  '緒緖',
  '横橫',
  '穂穗',
  '彦彥',
  '瀬瀨',
  '頼賴',
  '関關',
  '豊豐',
  '実實',
  '寿壽',
  '与與',
  '来來',
  '礼禮',
  '万萬',
  '鉄鐵',
  '繋繫',
];
const STANDARD = new Map<string, string>();
for (const group of VARIANTS) {
  const [standard = '', ...others] = Array.from(group);
  for (const other of others) STANDARD.set(other, standard);
}

/** A name for comparing only: without spaces and variation selectors, variants of kanji as one. Never stored. */
export function comparableName(name: string): string {
  const plain = name.replace(/\s|\p{Variation_Selector}/gu, '');
  return Array.from(plain.normalize('NFKC'), (sign) => STANDARD.get(sign) ?? sign).join('');
}

/** An address for comparing only: ASCII digits and hyphens, 丁目・番地・番・号 as hyphens. */
export function comparableAddress(address: string): string {
  return toAscii(composed(address))
    .replace(/\s/gu, '')
    .replace(/^東京都?/u, '')
    .replace(/(\d)(丁目|番地の?|番|号|の)(?=\d)/gu, '$1-')
    .replace(/(\d)(番地|番|号)/gu, '$1')
    .toLowerCase();
}

/** How many signs have to be put in, taken out, changed or swapped with their neighbour. Stops counting above `limit`. */
export function editDistance(a: string, b: string, limit = 3): number {
  const [from, to] = [Array.from(a), Array.from(b)];
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, sign] of from.entries()) {
    const row = [i + 1];
    for (const [j, other] of to.entries()) {
      const change = (previous[j] ?? 0) + (sign === other ? 0 : 1);
      let best = Math.min(change, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      if (i > 0 && j > 0 && sign === to[j - 1] && from[i - 1] === other) {
        best = Math.min(best, (older[j - 1] ?? 0) + 1);
      }
      row.push(best);
    }
    [older, previous] = [previous, row];
  }
  return Math.min(previous[to.length] ?? 0, limit + 1);
}

/** Long names may differ in two signs, short ones in one; a single sign has to be the same. */
function alike(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const longer = Math.max(Array.from(a).length, Array.from(b).length);
  const allowed = longer >= 6 ? 2 : longer >= 3 ? 1 : 0;
  return editDistance(a, b, allowed) <= allowed;
}

function same(a: string | undefined, b: string | undefined, of: (text: string) => string): boolean {
  return !!a && !!b && of(a) !== '' && of(a) === of(b);
}

/** Dates in which one digit differs, or month and day are swapped. */
function nearlySameDate(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return false;
  const swapped = `${b.slice(0, 4)}-${b.slice(8, 10)}-${b.slice(5, 7)}`;
  return a === swapped || editDistance(a.replaceAll('-', ''), b.replaceAll('-', ''), 1) === 1;
}

const digits = (text: string) => toAscii(text).replace(/\D/gu, '');

function familyReasons(a: ChildSketch, b: ChildSketch): LookAlikeReason[] {
  const reasons: LookAlikeReason[] = [];
  if (same(a.guardianKana, b.guardianKana, comparableKana)) reasons.push('sameGuardian');
  const samePlace = same(a.address, b.address, comparableAddress);
  const otherPostal = a.postalCode && b.postalCode && digits(a.postalCode) !== digits(b.postalCode);
  if (samePlace && !otherPostal) reasons.push('sameAddress');
  if (same(a.phone, b.phone, digits)) reasons.push('samePhone');
  return reasons;
}

/**
 * How alike two children of two applications are, for the reviewer to see side by side; nothing is blocked by it (domain.md,
 * "Effects between applications"). Undefined where there is nothing to see. Symmetric.
 */
export function similarity(a: ChildSketch, b: ChildSketch): Similarity | undefined {
  const givenKana = [comparableKana(a.givenKana), comparableKana(b.givenKana)] as const;
  const wholeKana = [
    comparableKana(a.familyKana + a.givenKana),
    comparableKana(b.familyKana + b.givenKana),
  ] as const;
  const wholeName = [
    comparableName(a.familyName + a.givenName),
    comparableName(b.familyName + b.givenName),
  ] as const;
  const sameBirth = a.birthDate !== '' && a.birthDate === b.birthDate;
  const sameKana = wholeKana[0] !== '' && wholeKana[0] === wholeKana[1];
  const sameName = wholeName[0] !== '' && wholeName[0] === wholeName[1];
  const family = familyReasons(a, b);
  if (sameBirth && (sameKana || sameName)) return { kind: 'duplicate', reasons: ['sameChild', ...family] };
  const sameGiven = givenKana[0] !== '' && givenKana[0] === givenKana[1];
  // Twins' names often differ in one sign only (ユウタ, ユウト): with the same guardian they are two children.
  if (sameBirth && family.length > 0 && !sameGiven) return { kind: 'family', reasons: ['twins', ...family] };
  if (sameBirth) {
    const reasons: LookAlikeReason[] = [];
    if (alike(...wholeKana)) reasons.push('similarKana');
    if (alike(...wholeName)) reasons.push('similarName');
    // The family's name may have changed since, or one of the parents writes their own.
    if (sameGiven && reasons.length === 0) reasons.push('similarKana');
    return reasons.length > 0
      ? { kind: 'duplicate', reasons: ['sameBirthDate', ...reasons, ...family] }
      : undefined;
  }
  if ((sameKana || sameName) && nearlySameDate(a.birthDate, b.birthDate)) {
    return { kind: 'duplicate', reasons: ['birthDateTypo', ...family] };
  }
  return family.length > 0 ? { kind: 'family', reasons: ['siblings', ...family] } : undefined;
}

/** Where an application belongs: what look-alikes are worth depends on it. */
export interface ApplicationPlace {
  procedure: string;
  /** Undefined while it is not typed yet. */
  fiscalYear: number | undefined;
}

/**
 * Is it worth the reviewer's look that two applications are alike? A child's own extended use beside its admission is no double,
 * nor is its admission of last year; the same procedure twice is. A child that is written differently somewhere is worth a
 * look whatever the procedure: its enrolment would not be found. Brothers and sisters are, where they apply for the same.
 */
export function worthALook(found: Similarity, here: ApplicationPlace, there: ApplicationPlace): boolean {
  const years = [here.fiscalYear, there.fiscalYear].filter((year) => year !== undefined);
  if (new Set(years).size > 1) return false;
  if (here.procedure === there.procedure) return true;
  return found.kind === 'duplicate' && !found.reasons.includes('sameChild');
}

/** What `similarity` needs of an application, found by the roles of its fields. */
export function sketchOf(definition: ProcedureDefinition, answers: Answers): ChildSketch {
  const { roles } = definition;
  const read = (code: string | undefined) => {
    const value = code === undefined ? undefined : answers[code];
    return typeof value === 'string' ? value : '';
  };
  return {
    familyName: read(roles.childFamilyName),
    givenName: read(roles.childGivenName),
    familyKana: read(roles.childFamilyKana),
    givenKana: read(roles.childGivenKana),
    birthDate: read(roles.childBirthDate),
    guardianKana: read(roles.applicantFamilyKana) + read(roles.applicantGivenKana),
    postalCode: read(roles.postalCode),
    address: (roles.address ?? []).map(read).join(''),
    phone: read(roles.phone),
  };
}
