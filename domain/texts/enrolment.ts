import type {
  EnrolmentEffect,
  ExtendedMode,
  Month,
  RecordSource,
  ReductionReason,
} from '../enrolment/effects.ts';
import type { NoEffectReason } from '../enrolment/enrolment.ts';
import type { ApplyAgain, LeavingReason, YearExclusion } from '../enrolment/year-change.ts';
import type { YearItemResult, YearPlan } from '../enrolment/year-run.ts';
import { bopOf } from '../facilities/facilities.ts';
import { displayDate, displayMonth } from '../procedures/format-dates.ts';
import { text, type Locale, type Localized } from './locale.ts';

type Words = Required<Localized>;

/** How extended use is registered (domain.md, defaults). */
export const EXTENDED_MODE_LABELS: Readonly<Record<ExtendedMode, Words>> = {
  monthly: text('月ぎめ', '{月|つき}ごと', 'by the month'),
  daily: text('日ぎめ', '{日|ひ}ごと', 'by the day'),
};

/** Why a fee is reduced. */
export const REDUCTION_LABELS: Readonly<Record<ReductionReason, Words>> = {
  publicAssistance: text('生活保護', '{生活保護|せいかつほご}', 'public assistance'),
  taxExempt: text('住民税非課税', '{住民税|じゅうみんぜい}が かからない', 'exempt from resident tax'),
  schoolExpense: text('就学援助', '{就学援助|しゅうがくえんじょ}', 'school-expense support'),
  longAbsence: text('長期欠席', '{長|なが}い {休|やす}み', 'long absence'),
};

/** Why an approval changes nothing in the enrolment, for staff. */
export const NO_EFFECT_TEXTS: Readonly<Record<NoEffectReason, string>> = {
  alreadyAdmitted: 'すでに入会している期間のため、反映されません',
  outsideYear: 'この年度の期間外のため、反映されません',
  notAdmitted: '在籍していない期間のため、反映されません',
  neverBegan: '利用開始日より前に退会したため、在籍が始まりませんでした',
  replaced: '後の決定に置き換えられました',
  noWithdrawal: '変更する退会がないため、反映されません',
  noExtendedUse: '辞退する延長利用がないため、反映されません',
  alreadyGranted: 'すでに認められている内容と同じため、反映されません',
  nothingChanged: '今の内容と同じため、変わりません',
};

/** What has brought an entry that no application did, for staff. */
export const RECORD_LABELS: Readonly<Record<RecordSource, string>> = {
  yearChange: '年度替わり',
  schoolMove: '転校の記録',
  followsYear: '前年度の変更に伴う変更',
};

/** Why a family applies again for the next year, for staff. */
export const APPLY_AGAIN_TEXTS: Readonly<Record<ApplyAgain['why'], string>> = {
  eachYear: '年度ごとに申請が必要',
  aboveLastGrade: '申請なしで続く学年を超える',
  withAdmission: '入会の申請と合わせて必要',
};

/** Why a child has no part in the next year, or is left out of a change of the year, for staff. */
export const YEAR_REASON_TEXTS: Readonly<Record<LeavingReason | YearExclusion, string>> = {
  withdrawn: '退会',
  graduates: '小学校を卒業',
  notMember: '年度末に在籍していない',
  alreadyEnrolled: '翌年度の在籍がすでにある',
  applied: '翌年度の入会申請がある（その決定による）',
  birthDateUnknown: '生年月日を確認できない',
};

/** What a change of the year does with a child, and what became of it, for staff. */
export const YEAR_PLAN_LABELS: Readonly<Record<YearPlan, string>> = {
  continues: '翌年度の在籍を作る',
  applyAgain: '申請し直す',
  leaves: '続かない',
  excluded: '作らない',
};
export const YEAR_RESULT_LABELS: Readonly<Record<YearItemResult, string>> = {
  written: '作成済み',
  already: 'すでにあったため作らなかった',
  changed: '下見の後に変わったため作らなかった',
};

function each(of: (locale: Locale) => string): Words {
  return { ja: of('ja'), 'ja-easy': of('ja-easy'), en: of('en') };
}

const day = (date: string, locale: Locale) => displayDate(date, locale);
const month = (value: Month, locale: Locale) => displayMonth(value, locale);
const place = (bop: string) => bopOf(bop)?.name ?? bop;

function span(from: Month, to: Month, locale: Locale): string {
  if (from === to) return month(from, locale);
  return locale === 'en'
    ? `${month(from, locale)} to ${month(to, locale)}`
    : `${month(from, locale)}〜${month(to, locale)}`;
}

/** What an approval does, in words. */
export function effectText(effect: EnrolmentEffect): Words {
  const say = (words: Words, locale: Locale) => words[locale];
  return each((locale) => {
    const en = locale === 'en';
    switch (effect.kind) {
      case 'admit':
        return en
          ? `Admission to ${place(effect.bop)} from ${day(effect.from, locale)}`
          : `${day(effect.from, locale)}から ${place(effect.bop)} に入会`;
      case 'moveSchool':
        return en
          ? `Move to ${place(effect.bop)} from ${day(effect.from, locale)}`
          : `${day(effect.from, locale)}から ${place(effect.bop)} に変更`;
      case 'extend': {
        const mode = say(EXTENDED_MODE_LABELS[effect.mode], locale);
        return en
          ? `Extended use ${mode}, ${span(effect.from, effect.to, locale)}`
          : `延長利用（${mode}）${span(effect.from, effect.to, locale)}`;
      }
      case 'declineExtended':
        return en
          ? `No extended use from ${month(effect.from, locale)}`
          : `${month(effect.from, locale)}から延長利用を辞退`;
      case 'withdraw':
        return en
          ? `Withdrawal, last day ${day(effect.lastDay, locale)}`
          : `退会（最後の利用日 ${day(effect.lastDay, locale)}）`;
      case 'changeWithdrawal':
        if (effect.lastDay === null) return en ? 'Withdrawal taken back' : '退会を取りやめ';
        return en
          ? `Last day changed to ${day(effect.lastDay, locale)}`
          : `退会日を ${day(effect.lastDay, locale)} に変更`;
      case 'reduceFee': {
        const reason = say(REDUCTION_LABELS[effect.reason], locale);
        return en
          ? `Fee reduction (${reason}), ${span(effect.from, effect.to, locale)}`
          : `減免（${reason}）${span(effect.from, effect.to, locale)}`;
      }
    }
  });
}
