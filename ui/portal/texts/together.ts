import { messages } from '../../i18n/index.tsx';

/** Choosing child and year, what was entered before, and filing several applications in one go. */
export const together = messages({
  childTitle: {
    ja: 'どのお子さんの手続きですか',
    en: 'Which child is this for?',
    easy: 'どの お{子|こ}さんの {手続|てつづ}きですか',
  },
  childHint: {
    ja: '前に入力した内容を写して始めます。お名前などを入力し直す必要はありません。',
    en: 'We start with what you have entered before; you need not type names and the like again.',
    easy: '{前|まえ}に {書|か}いたことを コピーします。{名前|なまえ}などは もう{一度|いちど} {書|か}かなくて いいです。',
  },
  newChild: {
    ja: 'ほかのお子さん（新しく入力する）',
    en: 'Another child',
    easy: 'ほかの お{子|こ}さん（{新|あたら}しく {書|か}く）',
  },
  newChildHint: {
    ja: '保護者・住所・連絡先など、ご家族の内容は写します。',
    en: 'Guardians, address and contacts are copied.',
    easy: '{保護者|ほごしゃ}・{住所|じゅうしょ}などは コピーします。',
  },
  notListedChild: {
    ja: 'ここにないお子さん',
    en: 'A child who is not listed',
    easy: 'ここに いない お{子|こ}さん',
  },
  notListedHint: {
    ja: '紙で申請した場合や、もう1人の保護者が申請した場合',
    en: 'If you applied on paper, or the other guardian applied',
    easy: '{紙|かみ}で {申請|しんせい}したとき、もう{1人|ひとり}の {保護者|ほごしゃ}が {申請|しんせい}したとき',
  },
  chooseChild: {
    ja: 'どのお子さんの手続きか選んでください。',
    en: 'Choose which child this is for.',
    easy: 'お{子|こ}さんを {選|えら}んでください。',
  },
  yearTitle: {
    ja: 'どの年度の手続きですか',
    en: 'For which school year?',
    easy: 'どの {年度|ねんど}の {手続|てつづ}きですか',
  },
  chooseYear: {
    ja: '年度を選んでください。',
    en: 'Choose the school year.',
    easy: '{年度|ねんど}を {選|えら}んでください。',
  },
  cannot: {
    ja: '{name}さんについては、この手続きはできません',
    en: 'This cannot be filed for {name}',
    easy: '{name}さんの この {手続|てつづ}きは できません',
  },
  useInstead: { ja: '「{name}」へ進む', en: 'Go to: {name}', easy: '「{name}」を する' },
  needTitle: { ja: '用意するもの', en: 'What you need', easy: '{用意|ようい}するもの' },
  needTime: {
    ja: '{minutes}分くらいです。前に入力した内容があれば、もっと短くなります。',
    en: 'About {minutes} minutes, less where we know you already.',
    easy: '{minutes}{分|ふん}くらいです。',
  },
  needDocuments: {
    ja: '回答の内容によって、次の書類の写真またはPDFが必要です（あとから出すこともできます）。',
    en: 'Depending on your answers, photos or PDFs of these (some can follow):',
    easy: '{答|こた}えによって、つぎの {紙|かみ}の {写真|しゃしん}か PDFが いります。',
  },
  needDocumentsIfAny: {
    ja: '必要に応じて、次の書類を添付できます。',
    en: 'If you want, you can attach:',
    easy: 'あれば、つぎの {紙|かみ}を {付|つ}けられます。',
  },
  noDocuments: {
    ja: '添付する書類はありません。',
    en: 'No documents are needed.',
    easy: '{書類|しょるい}は いりません。',
  },
  originFiled: {
    ja: '{procedure}（{child}・{date}受付）',
    en: '{procedure} ({child}, received {date})',
    easy: '{procedure}（{child}・{date}）',
  },
  originDraft: {
    ja: '今回の{procedure}（{child}）',
    en: 'this filing’s {procedure} ({child})',
    easy: 'いまの {procedure}（{child}）',
  },
  takenNote: {
    ja: '前に入力した内容を写しました：{origin}。変わったところがあれば直してください。',
    en: 'Copied from {origin}. Please correct what has changed.',
    easy: '{前|まえ}に {書|か}いたことを コピーしました：{origin}。{違|ちが}うところは {直|なお}してください。',
  },
  takenShort: {
    ja: '写した内容：{origin}',
    en: 'Copied from {origin}',
    easy: 'コピーしました：{origin}',
  },
  takenCheck: {
    ja: '前の申請から写した内容があります。変わったところがないか確認してください。',
    en: 'Some answers were copied from earlier applications. Please check that they still hold.',
    easy: '{前|まえ}の {申請|しんせい}から コピーした ところが あります。{確認|かくにん}してください。',
  },
  kintoneAway: {
    ja: '前に入力した内容の一部を、いま読み出せません。そのまま始めると、空欄から入力します。しばらくしてから始めると、写せる場合があります。',
    en: 'Some earlier answers cannot be read right now. You can start all the same, or try again later.',
    easy: '{前|まえ}に {書|か}いたことを いま {読|よ}めません。{少|すこ}し {待|ま}つと、コピーできるかもしれません。',
  },
  reuseTitle: {
    ja: '前に提出した書類を使えます',
    en: 'You can use documents from before',
    easy: '{前|まえ}に {出|だ}した {書類|しょるい}を {使|つか}えます',
  },
  reuseLead: {
    ja: '内容が今も正しい場合だけ使ってください。{months}か月より前に提出した書類は使えません。',
    en: 'Only if they still hold. Documents handed in more than {months} months ago cannot be used.',
    easy: 'いまも {正|ただ}しいときだけ {使|つか}ってください。{months}か{月|げつ}より {前|まえ}の ものは {使|つか}えません。',
  },
  reuseFrom: {
    ja: '{child}さんの{procedure}で{date}に提出：{files}',
    en: 'From the {procedure} of {child}, {date}: {files}',
    easy: '{child}さんの {procedure}・{date}：{files}',
  },
  reuseOne: { ja: 'この書類を使う', en: 'Use this', easy: 'これを {使|つか}う' },
  reuseAll: {
    ja: '{count}種類をまとめて使う',
    en: 'Use all {count}',
    easy: '{count}つ ぜんぶ {使|つか}う',
  },
  reused: { ja: '書類を付けました', en: 'Attached', easy: '{付|つ}けました' },
  title: {
    ja: 'まとめて申請する',
    en: 'Apply for several in one go',
    easy: 'まとめて {申請|しんせい}する',
  },
  lead: {
    ja: 'きょうだいの分や、いくつかの手続きを一度に申請できます。保護者・住所などは一度入力すれば、ほかの申請にも入ります。',
    en: 'Brothers and sisters, or several procedures, in one go. What you enter about your family goes into all of them.',
    easy: 'きょうだいや、いくつかの {手続|てつづ}きを {一度|いちど}に できます。{保護者|ほごしゃ}・{住所|じゅうしょ}などは {1回|いっかい} {書|か}けば いいです。',
  },
  startCard: {
    ja: 'きょうだいの分・いくつかの手続き',
    en: 'Several children or procedures',
    easy: 'きょうだい・いくつかの {手続|てつづ}き',
  },
  joinTitle: {
    ja: 'きょうだいの分やほかの手続きもありますか',
    en: 'Is there more: brothers and sisters, other procedures?',
    easy: 'きょうだいや ほかの {手続|てつづ}きも ありますか',
  },
  joinBody: {
    ja: '続けて入力し、まとめて一度に申請できます。',
    en: 'You can enter those too and apply for all in one go.',
    easy: '{続|つづ}けて {書|か}いて、まとめて {申請|しんせい}できます。',
  },
  join: {
    ja: 'ほかの申請も追加する',
    en: 'Add another application',
    easy: 'ほかの {申請|しんせい}も {書|か}く',
  },
  inHere: { ja: 'まとめて申請するもの', en: 'In this filing', easy: 'まとめて {申請|しんせい}するもの' },
  nothing: {
    ja: 'まだありません。下から手続きを選んでください。',
    en: 'Nothing yet. Choose a procedure below.',
    easy: 'まだ ありません。{下|した}から {選|えら}んでください。',
  },
  complete: { ja: '入力済み', en: 'Complete', easy: '{書|か}きました' },
  incomplete: { ja: '入力中', en: 'Not complete', easy: 'まだです' },
  openCount: {
    ja: '入力が必要な項目：{count}件',
    en: 'Still to do: {count}',
    easy: 'まだの ところ：{count}つ',
  },
  takeOut: { ja: '外す', en: 'Take out', easy: '{外|はず}す' },
  takenOut: {
    ja: '外しました。「申請の一覧」の書きかけの申請に残っています。',
    en: 'Taken out. You find it under “My applications”.',
    easy: '{外|はず}しました。「わたしの {申請|しんせい}」に あります。',
  },
  addTitle: {
    ja: '手続きを追加する',
    en: 'Add a procedure',
    easy: '{手続|てつづ}きを {増|ふ}やす',
  },
  addBody: {
    ja: '手続きを選ぶと、お子さんを選ぶ画面に進みます。',
    en: 'Choose a procedure, then the child.',
    easy: '{手続|てつづ}きを {選|えら}んで、つぎに お{子|こ}さんを {選|えら}びます。',
  },
  toCheck: {
    ja: '内容の確認へ進む',
    en: 'Check everything',
    easy: '{確認|かくにん}へ {進|すす}む',
  },
  notComplete: {
    ja: '入力が終わっていない申請があります。先に入力するか、外してください。',
    en: 'Some are not complete. Please complete them or take them out.',
    easy: 'まだの {申請|しんせい}が あります。{書|か}くか、{外|はず}してください。',
  },
  checkTitle: { ja: 'まとめて確認', en: 'Check everything', easy: 'まとめて {確認|かくにん}する' },
  checkLead: {
    ja: '{count}件の申請です。内容を確認し、直す場合は「変更」を押してください。まだ申請は終わっていません。',
    en: '{count} applications. Check them and change what is not right. You have not applied yet.',
    easy: '{count}つの {申請|しんせい}です。{確認|かくにん}してください。まだ {申請|しんせい}は {終|お}わっていません。',
  },
  shared: {
    ja: 'ご家族のこと（すべての申請に共通）',
    en: 'Your family (the same in all)',
    easy: '{家族|かぞく}の こと（ぜんぶ {同|おな}じ）',
  },
  oneOf: {
    ja: '{child}・{procedure}：',
    en: '{child}, {procedure}: ',
    easy: '{child}・{procedure}：',
  },
  submit: {
    ja: '{count}件をまとめて申請する',
    en: 'Apply for all {count}',
    easy: '{count}つを まとめて {申請|しんせい}する',
  },
  allOrNone: {
    ja: 'すべて受け付けられるか、1件も受け付けられないかのどちらかです。通信が切れても、もう一度押せば大丈夫です。',
    en: 'Either all are received or none. If the connection breaks, just press again.',
    easy: 'ぜんぶ {受|う}け{付|つ}けるか、{1|ひと}つも {受|う}け{付|つ}けないかです。もう{一度|いちど} {押|お}して だいじょうぶです。',
  },
  refusedTitle: {
    ja: 'まだ1件も申請していません。次のところを確認してください。',
    en: 'Nothing has been filed yet. Please look at this:',
    easy: 'まだ {申請|しんせい}していません。つぎを {確認|かくにん}してください。',
  },
  receivedTitle: {
    ja: '{count}件の申請を受け付けました',
    en: '{count} applications received',
    easy: '{count}つの {申請|しんせい}を {受|う}け{付|つ}けました',
  },
  receivedLead: {
    ja: '受付番号は申請ごとに異なります。この画面を印刷または保存しておくと便利です。受け付けたことは、メールでも申請ごとにお知らせします（メールアドレスがある場合）。',
    en: 'Each application has its own receipt number. You may print or save this page. You also get a mail for each (if you gave an address).',
    easy: '{受付番号|うけつけばんごう}は {申請|しんせい}ごとに {違|ちが}います。{印刷|いんさつ}できます。メールでも {知|し}らせます。',
  },
  gone: {
    ja: 'まとめて申請するものがありません',
    en: 'There is nothing in this filing',
    easy: 'まとめて {申請|しんせい}するものが ありません',
  },
  goneBody: {
    ja: 'すでに申請した場合は、「申請の一覧」で確認できます。',
    en: 'If you have applied, look under “My applications”.',
    easy: 'もう {申請|しんせい}したときは「わたしの {申請|しんせい}」を {見|み}てください。',
  },
});
