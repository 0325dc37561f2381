import { text, type Localized } from '../texts/locale.ts';

/** Why an application cannot be filed now. */
export const NEED_REFUSALS = [
  'alreadyAdmitted',
  'admissionUnderWay',
  'notAdmitted',
  'enrolmentEnded',
  'alreadyWithdrawing',
  'extendedUseUnderWay',
  'noExtendedUse',
  'withdrawalUnderWay',
  'noWithdrawal',
  'withdrawalPassed',
  'beingReleased',
  'decidedAdmission',
  'decidedExtendedUse',
  'decidedFeeReduction',
  'nothingToCancel',
] as const;
export type NeedRefusalCode = (typeof NEED_REFUSALS)[number];

/** What the family reads: why not, and what to do instead. */
export const NEED_REFUSAL_TEXTS: Readonly<Record<NeedRefusalCode, Required<Localized>>> = {
  alreadyAdmitted: text(
    'お子さんは、この年度の新BOP学童クラブにすでに入会しています。入会申請は必要ありません。',
    'お{子|こ}さんは、この {年度|ねんど}の {新|しん}BOP{学童|がくどう}クラブに もう {入|はい}っています。{入会|にゅうかい}の {申請|しんせい}は いりません。',
    'Your child is already a member of a Shin-BOP after-school club for this school year. No application for admission is needed.',
  ),
  admissionUnderWay: text(
    '入会申請を審査しています。この手続きは、入会の結果をお知らせした後に申請してください。入会そのものをやめる場合は「取り下げ」を申請してください。',
    '{入会|にゅうかい}の {申請|しんせい}を {審査|しんさ}しています。この {手続|てつづ}きは、{結果|けっか}の お{知|し}らせの {後|あと}に してください。{入会|にゅうかい}を やめるときは「{取|と}り{下|さ}げ」を してください。',
    'The admission is still under review. Please file this after you have been told the result. To give up the admission itself, file a cancellation.',
  ),
  notAdmitted: text(
    'お子さんは、この年度の新BOP学童クラブに入会していません。お子さんの氏名・フリガナ・生年月日と年度を確認してください。入会していない場合は、先に「入会申請」をしてください。',
    'お{子|こ}さんは、この {年度|ねんど}の {新|しん}BOP{学童|がくどう}クラブに {入|はい}っていません。お{子|こ}さんの {名前|なまえ}・フリガナ・{生|う}まれた {日|ひ}と {年度|ねんど}を {確認|かくにん}してください。{入|はい}っていないときは、{先|さき}に「{入会|にゅうかい}の {申請|しんせい}」を してください。',
    'Your child is not a member of a club in this school year. Please check the name, kana, date of birth and school year. If your child has not joined, apply for admission first.',
  ),
  enrolmentEnded: text(
    'お子さんは、すでに退会しています。もう一度利用する場合は「入会申請」をしてください。',
    'お{子|こ}さんは、もう {退会|たいかい}しています。また {使|つか}うときは「{入会|にゅうかい}の {申請|しんせい}」を してください。',
    'Your child has already left the club. To use it again, apply for admission.',
  ),
  alreadyWithdrawing: text(
    '退会はすでに認められています。退会する日を変える場合や退会をやめる場合は「退会日変更」を申請してください。',
    '{退会|たいかい}は もう {決|き}まっています。やめる {日|ひ}を {変|か}えるときや、やめないことに するときは「{退会日|たいかいび}の {変更|へんこう}」を してください。',
    'The withdrawal has already been approved. To change its date, or to stay after all, file a change of the withdrawal date.',
  ),
  extendedUseUnderWay: text(
    '延長利用の申請を審査しています。延長利用をやめる場合は「取り下げ」を申請してください。',
    '{延長|えんちょう}の {申請|しんせい}を {審査|しんさ}しています。やめるときは「{取|と}り{下|さ}げ」を してください。',
    'The application for extended use is still under review. To give it up, file a cancellation.',
  ),
  noExtendedUse: text(
    'お子さんには、辞退できる延長利用がありません。お子さんの氏名・フリガナ・生年月日と年度を確認してください。',
    'お{子|こ}さんは、{延長|えんちょう}を {使|つか}っていません。お{子|こ}さんの {名前|なまえ}・フリガナ・{生|う}まれた {日|ひ}と {年度|ねんど}を {確認|かくにん}してください。',
    'Your child has no extended use to give up. Please check the name, kana, date of birth and school year.',
  ),
  withdrawalUnderWay: text(
    '退会届を審査しています。退会日の変更は、退会の結果をお知らせした後に申請してください。お急ぎの場合は窓口へ連絡してください。',
    '{退会|たいかい}の {届|とど}けを {審査|しんさ}しています。{日|ひ}を {変|か}える {申請|しんせい}は、{結果|けっか}の お{知|し}らせの {後|あと}に してください。{急|いそ}ぐときは {窓口|まどぐち}に {連絡|れんらく}してください。',
    'The withdrawal is still under review. Please file a change of its date after you have been told the result, or contact the office if it is urgent.',
  ),
  noWithdrawal: text(
    'お子さんの退会は認められていないため、退会日を変更できません。退会する場合は「退会届」を申請してください。',
    'お{子|こ}さんの {退会|たいかい}は まだ {決|き}まっていません。やめるときは「{退会|たいかい}の {届|とど}け」を してください。',
    'No withdrawal has been approved for your child. To leave the club, file a withdrawal.',
  ),
  withdrawalPassed: text(
    '退会日を過ぎているため、退会日を変更できません。もう一度利用する場合は「入会申請」をしてください。',
    '{退会|たいかい}の {日|ひ}が {過|す}ぎているので、{変|か}えられません。また {使|つか}うときは「{入会|にゅうかい}の {申請|しんせい}」を してください。',
    'The day of the withdrawal has passed, so it can no longer be changed. To use the club again, apply for admission.',
  ),
  beingReleased: text(
    '審査が終わり、結果をお知らせする準備をしているため、取り下げできません。結果が届いた後に、やめる手続き（退会届・延長利用辞退）をしてください。',
    '{審査|しんさ}が {終|お}わって、{結果|けっか}を お{知|し}らせする {準備|じゅんび}を しています。{取|と}り{下|さ}げは できません。{結果|けっか}が {届|とど}いた {後|あと}に、やめる {手続|てつづ}き（{退会|たいかい}の {届|とど}け・{延長|えんちょう}を やめる {届|とど}け）を してください。',
    'The review is over and its result is about to be sent, so the application can no longer be cancelled. After you have received it, file a withdrawal or decline extended use instead.',
  ),
  decidedAdmission: text(
    '入会はすでに決定しているため、取り下げできません。利用をやめる場合は「退会届」を申請してください。',
    '{入会|にゅうかい}は もう {決|き}まっています。{取|と}り{下|さ}げは できません。やめるときは「{退会|たいかい}の {届|とど}け」を してください。',
    'The admission has already been decided and can no longer be cancelled. To stop using the club, file a withdrawal.',
  ),
  decidedExtendedUse: text(
    '延長利用はすでに決定しているため、取り下げできません。延長利用をやめる場合は「延長利用辞退届」を申請してください。',
    '{延長|えんちょう}は もう {決|き}まっています。{取|と}り{下|さ}げは できません。やめるときは「{延長|えんちょう}を やめる {届|とど}け」を してください。',
    'The extended use has already been decided and can no longer be cancelled. To give it up, decline extended use.',
  ),
  decidedFeeReduction: text(
    '利用料の減免はすでに決定しているため、取り下げできません。減免が必要なくなった場合は窓口へ連絡してください。',
    'お{金|かね}を {安|やす}くすることは、もう {決|き}まっています。{取|と}り{下|さ}げは できません。いらなくなったときは {窓口|まどぐち}に {連絡|れんらく}してください。',
    'The fee reduction has already been decided and can no longer be cancelled. If it is no longer needed, please contact the office.',
  ),
  nothingToCancel: text(
    '審査中の申請が見つかりません。お子さんの氏名・フリガナ・生年月日、年度、取り下げる申請の種類を確認してください。',
    '{審査|しんさ}している {申請|しんせい}が {見|み}つかりません。お{子|こ}さんの {名前|なまえ}・フリガナ・{生|う}まれた {日|ひ}、{年度|ねんど}、やめる {申請|しんせい}の {種類|しゅるい}を {確認|かくにん}してください。',
    'No such application is under review. Please check the name, kana, date of birth, school year and the application you want to cancel.',
  ),
};
