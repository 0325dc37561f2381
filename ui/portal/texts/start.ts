import { messages } from '../../i18n/index.tsx';

/** The start page and the page of help. */
export const start = messages({
  title: {
    ja: '新BOP学童クラブの手続き',
    en: 'Shin-BOP after-school club: procedures',
    easy: '{新|しん}BOP{学童|がくどう}クラブの {手続|てつづ}き',
  },
  lead: {
    ja: '世田谷区の新BOP学童クラブを利用するための申請が、スマートフォンやパソコンからできます。申請したあとは、審査の状況をここで確認できます。',
    en: 'Apply for the after-school clubs of Setagaya City by phone or computer, and follow your application here.',
    easy: '{世田谷区|せたがやく}の {新|しん}BOP{学童|がくどう}クラブの {申請|しんせい}が、スマートフォンや パソコンで できます。{申請|しんせい}の あと、{審査|しんさ}の ようすを ここで {見|み}られます。',
  },
  joinGuide: {
    ja: 'これから利用する方',
    en: 'To join a club',
    easy: 'これから {使|つか}う {人|ひと}',
  },
  usingGuide: {
    ja: '利用している方・申請中の方',
    en: 'If your child is a member, or has applied',
    easy: 'もう {使|つか}っている {人|ひと}・{申請|しんせい}した {人|ひと}',
  },
  usingGuideBody: {
    ja: '入会している（または入会を申請した）お子さんについての手続きです。',
    en: 'For children who are members or whose admission has been applied for.',
    easy: '{入会|にゅうかい}している（または {申請|しんせい}した）お{子|こ}さんの {手続|てつづ}きです。',
  },
  childrenTitle: {
    ja: 'お子さんごとにできること',
    en: 'What you can do for each child',
    easy: 'お{子|こ}さんごとに できること',
  },
  memberSince: {
    ja: '{bop}（{from}から）',
    en: '{bop}, from {from}',
    easy: '{bop}（{from}から）',
  },
  membershipMember: { ja: '入会中', en: 'Member', easy: '{使|つか}っています' },
  memberUntil: {
    ja: '退会日：{day}',
    en: 'Last day: {day}',
    easy: 'やめる {日|ひ}：{day}',
  },
  membershipUnderWay: {
    ja: '入会を審査しています',
    en: 'Admission under review',
    easy: '{入会|にゅうかい}を {審査|しんさ}しています',
  },
  membershipEnded: {
    ja: '退会しました',
    en: 'No longer a member',
    easy: 'やめました',
  },
  membershipNone: {
    ja: '入会していません',
    en: 'Not a member',
    easy: '{入会|にゅうかい}していません',
  },
  extendedMonthly: {
    ja: '延長利用（月ぎめ）：{from}～{to}',
    en: 'Extended use (monthly): {from} to {to}',
    easy: '{延長|えんちょう}（{毎月|まいつき}）：{from}～{to}',
  },
  extendedDaily: {
    ja: '延長利用（日ぎめ）：{from}～{to}',
    en: 'Extended use (by the day): {from} to {to}',
    easy: '{延長|えんちょう}（{日|ひ}ごと）：{from}～{to}',
  },
  reduced: {
    ja: '利用料の減免：{from}～{to}',
    en: 'Fee reduction: {from} to {to}',
    easy: 'お{金|かね}が {安|やす}くなる：{from}～{to}',
  },
  notNow: {
    ja: 'いまはできない手続きと、その理由',
    en: 'What cannot be filed now, and why',
    easy: 'いま できない {手続|てつづ}き',
  },
  nothingNow: {
    ja: 'いまできる手続きはありません。',
    en: 'Nothing can be filed now.',
    easy: 'いま できる {手続|てつづ}きは ありません。',
  },
  officePhone: { ja: '電話：{phone}', en: 'Phone: {phone}', easy: '{電話|でんわ}：{phone}' },
  officeAt: { ja: '受付時間：{hours}', en: 'Hours: {hours}', easy: '{時間|じかん}：{hours}' },
  officeAddress: { ja: '〒{code} {address}', en: '〒{code} {address}', easy: '〒{code} {address}' },
  anyTime: {
    ja: '申請は24時間できます。',
    en: 'You can apply at any time.',
    easy: '{申請|しんせい}は いつでも できます。',
  },
  openTitle: { ja: 'いま申請できる手続き', en: 'Open now', easy: 'いま できる {手続|てつづ}き' },
  open: { ja: '受付中', en: 'Open', easy: '{受|う}け{付|つ}けています' },
  closed: { ja: '受付期間外', en: 'Not open', easy: 'いまは できません' },
  fiscalYear: { ja: '{year}年度の利用', en: 'For April {year} to March {next}', easy: '{year}{年度|ねんど}' },
  period: {
    ja: '受付期間：{from}～{to}',
    en: 'Open {from} to {to}',
    easy: '{受|う}け{付|つ}け：{from}～{to}',
  },
  periodFrom: { ja: '受付期間：{from}から', en: 'Open from {from}', easy: '{受|う}け{付|つ}け：{from}から' },
  periodTo: { ja: '受付期間：{to}まで', en: 'Open until {to}', easy: '{受|う}け{付|つ}け：{to}まで' },
  periodAlways: { ja: '随時受け付けています', en: 'Open all year', easy: 'いつでも できます' },
  notices: {
    ja: '結果のお知らせ：{date}ごろ',
    en: 'Results about {date}',
    easy: '{結果|けっか}の お{知|し}らせ：{date}ごろ',
  },
  apply: { ja: '{name}へ進む', en: 'Apply', easy: '{name}を する' },
  yoursTitle: { ja: 'あなたの申請', en: 'Your applications', easy: 'あなたの {申請|しんせい}' },
  yoursAsked: {
    ja: '回答が必要な申請が{count}件あります。',
    en: 'Waiting for your answer: {count}',
    easy: '{答|こた}えて ほしい {申請|しんせい}が {count}つ あります。',
  },
  yoursDrafts: {
    ja: '書きかけの申請が{count}件あります。',
    en: 'Unfinished: {count}',
    easy: '{書|か}きかけの {申請|しんせい}が {count}つ あります。',
  },
  yoursOpen: {
    ja: '審査の状況や提出した内容を確認できます。',
    en: 'See how your applications stand and what you filed.',
    easy: '{審査|しんさ}の ようすを {見|み}られます。',
  },
  flowTitle: { ja: '申請の流れ', en: 'How it works', easy: '{申請|しんせい}の {流|なが}れ' },
  flow1: {
    ja: '登録してログインする',
    en: 'Register and sign in',
    easy: '{登録|とうろく}して ログインする',
  },
  flow1Body: {
    ja: 'メールアドレスで登録します。メールアドレスがない場合も登録できます。',
    en: 'With an e-mail address, or without one.',
    easy: 'メールアドレスで {登録|とうろく}します。メールアドレスが なくても できます。',
  },
  flow2: { ja: '質問に答える', en: 'Answer the questions', easy: '{質問|しつもん}に {答|こた}える' },
  flow2Body: {
    ja: '15～20分くらいです。自動で保存され、途中でやめて、あとから続きができます。',
    en: 'About 15 to 20 minutes. It is saved as you go, and you can stop and go on later.',
    easy: '15{分|ふん}から 20{分|ぷん}くらいです。とちゅうで やめて、あとで {続|つづ}きが できます。',
  },
  flow3: {
    ja: '書類を撮影して添付し、申請する',
    en: 'Attach photos of the documents and apply',
    easy: '{書類|しょるい}の {写真|しゃしん}を {付|つ}けて {申請|しんせい}する',
  },
  flow3Body: {
    ja: '申請すると受付番号が表示されます。書類はあとから提出することもできます。',
    en: 'You get a receipt number. Documents can follow.',
    easy: '{受付番号|うけつけばんごう}が {出|で}ます。{書類|しょるい}は あとでも いいです。',
  },
  flow4: { ja: '審査の結果を待つ', en: 'Wait for the result', easy: '{結果|けっか}を {待|ま}つ' },
  flow4Body: {
    ja: '書類の不足などがあれば、メールか電話でお知らせします。このサイトで回答できます。結果は区が決定し、お知らせします。',
    en: 'If something is missing, we write or phone, and you answer here. The ward decides and tells you.',
    easy: '{足|た}りないものが あれば、メールか {電話|でんわ}で {知|し}らせます。ここで {答|こた}えられます。{区|く}が {決|き}めて、{知|し}らせます。',
  },
  readyTitle: { ja: '用意するもの', en: 'What you need', easy: '{用意|ようい}するもの' },
  firstTime: { ja: 'はじめて利用する方', en: 'First time here', easy: 'はじめての {人|ひと}' },
  toRegister: { ja: '登録する', en: 'Register', easy: '{登録|とうろく}する' },
  returning: { ja: '登録している方', en: 'Already registered', easy: '{登録|とうろく}した {人|ひと}' },
  helpTitle: {
    ja: '使い方・お問い合わせ',
    en: 'Help and contact',
    easy: '{使|つか}い{方|かた}・{質問|しつもん}',
  },
  contactTitle: { ja: 'お問い合わせ', en: 'Contact', easy: '{聞|き}きたいとき' },
  contactBody: {
    ja: 'お問い合わせのときは、受付番号をお知らせください。',
    en: 'Please have your receipt number ready.',
    easy: '{聞|き}くときは、{受付番号|うけつけばんごう}を {言|い}ってください。',
  },
  q1: {
    ja: '途中でやめたら、入力した内容はどうなりますか',
    en: 'What happens to my answers if I stop?',
    easy: 'とちゅうで やめたら、どうなりますか',
  },
  a1: {
    ja: '自動で保存されています。ログインして「申請の一覧」から続きを入力できます。別のスマートフォンやパソコンでも続けられます。',
    en: 'They are saved. Sign in and go on from “My applications”, on another device too.',
    easy: '{保存|ほぞん}されています。ログインして「わたしの {申請|しんせい}」から {続|つづ}きを {書|か}けます。',
  },
  q2: {
    ja: '書類がまだそろっていません',
    en: 'I do not have all documents yet',
    easy: '{書類|しょるい}が まだ ありません',
  },
  a2: {
    ja: '申請はできます。足りない書類は、審査のときにお知らせします。お知らせが届いたら、このサイトから提出してください。',
    en: 'You can apply. We tell you during the review what is missing; then hand it in here.',
    easy: '{申請|しんせい}できます。{足|た}りない {書類|しょるい}は、あとで {知|し}らせます。ここから {出|だ}してください。',
  },
  q3: {
    ja: '申請したあとで間違いに気づきました',
    en: 'I found a mistake after applying',
    easy: '{申請|しんせい}の あとで まちがいに {気|き}づきました',
  },
  a3: {
    ja: '審査の担当にお問い合わせください。結果が決まる前なら、申請のページから取り下げて、申請し直すこともできます。',
    en: 'Please contact the office. Before the decision you can also cancel the application and file it again.',
    easy: '{電話|でんわ}で {聞|き}いてください。{結果|けっか}が {決|き}まる {前|まえ}なら、{取|と}り{下|さ}げて、もう{一度|いちど} {申請|しんせい}できます。',
  },
  q4: {
    ja: 'きょうだいの分はどうしますか',
    en: 'What about brothers and sisters?',
    easy: 'きょうだいの {申請|しんせい}は どうしますか',
  },
  a4: {
    ja: 'お子さん1人につき1件の申請が必要です。「まとめて申請する」を使うと、保護者や住所などは一度の入力で、きょうだいの分を一度に申請できます。あとから申請する場合も、前に入力した内容を写して始められます。',
    en: 'Each child needs an application. With “Apply for several in one go” you enter the family’s details once. Later applications start with what you entered before, too.',
    easy: 'お{子|こ}さん {1人|ひとり}に {1|ひと}つ {申請|しんせい}します。「まとめて {申請|しんせい}する」を {使|つか}うと、{保護者|ほごしゃ}や {住所|じゅうしょ}は {1回|いっかい} {書|か}けば いいです。',
  },
  q5: {
    ja: 'メールが届きません',
    en: 'I get no mails',
    easy: 'メールが {来|き}ません',
  },
  a5: {
    ja: '迷惑メールに入っていないか確認してください。お知らせの内容は、ログインすればこのサイトでも確認できます。',
    en: 'Please look into the spam folder. Everything we write is also shown here after signing in.',
    easy: '{迷惑|めいわく}メールを {見|み}てください。ログインすると、ここでも {見|み}られます。',
  },
});
