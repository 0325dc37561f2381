import { messages } from '../../i18n/index.tsx';

/** The application form, whatever the procedure. */
export const form = messages({
  beginTitle: { ja: '{name}を始める', en: '{name}', easy: '{name}を {始|はじ}める' },
  beginWhat: {
    ja: 'この申請でできること',
    en: 'What this is for',
    easy: 'この {申請|しんせい}で できること',
  },
  beginReady: { ja: '用意するもの', en: 'What you need', easy: '{用意|ようい}するもの' },
  beginTime: { ja: 'かかる時間', en: 'How long it takes', easy: 'かかる {時間|じかん}' },
  beginTimeBody: {
    ja: '15～20分くらいです。入力した内容は自動で保存され、途中でやめても、あとから別のスマートフォンやパソコンでも続きができます。',
    en: 'About 15 to 20 minutes. Your answers are saved as you go; you can stop and go on later, on another device too.',
    easy: '15{分|ふん}から 20{分|ぷん}くらいです。{書|か}いたことは {自動|じどう}で {保存|ほぞん}します。とちゅうで やめても、あとで {続|つづ}きが できます。',
  },
  readyChild: {
    ja: 'お子さんの氏名・生年月日・学校がわかるもの',
    en: 'Your child’s name, date of birth and school',
    easy: 'お{子|こ}さんの {名前|なまえ}・{生|う}まれた {日|ひ}・{学校|がっこう}',
  },
  readyWork: {
    ja: '保護者それぞれの、放課後に保育できない理由と日数・時間（仕事など）',
    en: 'For each guardian, why they cannot look after the child after school, with days and hours (work, for example)',
    easy: '{保護者|ほごしゃ}が {放課後|ほうかご} お{子|こ}さんを {見|み}られない {理由|りゆう}と、その {日|ひ}と {時間|じかん}（{仕事|しごと}など）',
  },
  readyDocuments: {
    ja: 'その理由がわかる書類（就労証明書など）の写真またはPDF。必要な書類は入力の中でお知らせします。あとから出すこともできます。',
    en: 'Photos or PDFs of the documents that show it (such as the employment certificate). The form tells you which. You can hand them in later.',
    easy: '{理由|りゆう}が わかる {紙|かみ}（{就労証明書|しゅうろうしょうめいしょ}など）の {写真|しゃしん}か PDF。{何|なに}が {必要|ひつよう}かは {途中|とちゅう}で {書|か}いてあります。あとから {出|だ}すことも できます。',
  },
  readyContacts: {
    ja: '緊急連絡先（保護者につながらないときに連絡する人の氏名・電話番号）',
    en: 'Whom to call in an emergency (name and phone number)',
    easy: '{緊急|きんきゅう}の ときに {電話|でんわ}する {人|ひと}の {名前|なまえ}と {電話|でんわ}{番号|ばんごう}',
  },
  begin: { ja: '入力を始める', en: 'Start', easy: '{書|か}き{始|はじ}める' },
  beginAnother: {
    ja: '新しく入力を始める',
    en: 'Start a new application',
    easy: '{新|あたら}しく {書|か}き{始|はじ}める',
  },
  closedTitle: {
    ja: 'いまは受け付けていません',
    en: 'This is not open now',
    easy: 'いまは {申請|しんせい}できません',
  },
  resumeTitle: {
    ja: '書きかけの申請があります',
    en: 'You have unfinished applications',
    easy: '{書|か}きかけの {申請|しんせい}が あります',
  },
  resume: { ja: '続きから入力する', en: 'Go on', easy: '{続|つづ}きを {書|か}く' },
  resumeOf: {
    ja: '{name}の続きを入力する',
    en: 'Go on with {name}',
    easy: '{name}の {続|つづ}きを {書|か}く',
  },
  noNameYet: {
    ja: '（お子さんの氏名は未入力）',
    en: '(no name entered yet)',
    easy: '（お{子|こ}さんの {名前|なまえ}は まだ）',
  },
  lastSaved: { ja: '最後の保存：{at}', en: 'Last saved: {at}', easy: '{最後|さいご}の {保存|ほぞん}：{at}' },
  deleteDraft: { ja: '下書きを削除する', en: 'Delete the draft', easy: '{消|け}す' },
  deleteDraftOf: {
    ja: '{name}の下書きを削除する',
    en: 'Delete the draft of {name}',
    easy: '{name}の {書|か}きかけを {消|け}す',
  },
  deleteTitle: {
    ja: 'この下書きを削除しますか',
    en: 'Delete this draft?',
    easy: '{書|か}きかけの {申請|しんせい}を {消|け}しますか',
  },
  deleteBody: {
    ja: '入力した内容と添付した書類は元に戻せません。',
    en: 'What you entered and attached cannot be brought back.',
    easy: '{書|か}いたことと {書類|しょるい}は {元|もと}に {戻|もど}りません。',
  },
  deleted: { ja: '下書きを削除しました', en: 'The draft is deleted', easy: '{消|け}しました' },
  step: {
    ja: 'ステップ {current}／{total}',
    en: 'Step {current} of {total}',
    easy: 'ステップ {current}／{total}',
  },
  documents: { ja: '書類の添付', en: 'Documents', easy: '{書類|しょるい}を {付|つ}ける' },
  documentsLead: {
    ja: '写真またはPDFで添付してください。文字が読めるように、明るい場所で書類全体を撮影してください。手元にない書類は、申請したあとでも提出できます。',
    en: 'Attach photos or PDFs. Take photos in good light, with the whole page in view. What you do not have yet can follow after you have applied.',
    easy: '{写真|しゃしん}か PDFを {付|つ}けてください。{明|あか}るい {所|ところ}で、{紙|かみ}の ぜんぶを {写|うつ}してください。いま ないものは、{申請|しんせい}の あとでも {出|だ}せます。',
  },
  documentsNone: {
    ja: 'この申請に添付が必要な書類はありません。',
    en: 'No documents are needed for this application.',
    easy: '{必要|ひつよう}な {書類|しょるい}は ありません。',
  },
  neededDocuments: {
    ja: '審査に必要な書類',
    en: 'Needed for the review',
    easy: '{必要|ひつよう}な {書類|しょるい}',
  },
  otherDocuments: {
    ja: '必要に応じて添付する書類',
    en: 'If you want to add them',
    easy: 'あれば {付|つ}ける {書類|しょるい}',
  },
  mayFollow: {
    ja: '申請のあとでも提出できます。ただし、提出されるまで審査は完了しません。',
    en: 'You can hand this in after applying, but the review cannot be completed before.',
    easy: '{申請|しんせい}の あとでも {出|だ}せます。{出|だ}すまで {審査|しんさ}は {終|お}わりません。',
  },
  notYet: {
    ja: '添付なし（あとから提出）',
    en: 'Not attached (to follow)',
    easy: 'まだ {付|つ}けていません（あとで {出|だ}す）',
  },
  noneAttached: {
    ja: '添付なし',
    en: 'None attached',
    easy: '{付|つ}けていません',
  },
  documentMissing: {
    ja: '「{name}」を添付してください。',
    en: 'Please attach: {name}.',
    easy: '「{name}」を {付|つ}けてください。',
  },
  uploadsRunning: {
    ja: '書類を送信しています。送信が終わるまでお待ちください。',
    en: 'Files are still being sent. Please wait until they have arrived.',
    easy: '{書類|しょるい}を {送|おく}っています。{終|お}わるまで {待|ま}ってください。',
  },
  confirm: { ja: '入力内容の確認', en: 'Check your answers', easy: '{確認|かくにん}する' },
  confirmLead: {
    ja: '内容を確認し、直す場合は「変更」を押してください。まだ申請は終わっていません。',
    en: 'Check your answers and change what is not right. You have not applied yet.',
    easy: '{書|か}いたことを {確認|かくにん}してください。{直|なお}すときは「かえる」を {押|お}してください。まだ {申請|しんせい}は {終|お}わっていません。',
  },
  incompleteTitle: {
    ja: '入力が終わっていないところがあります',
    en: 'Some answers are missing or not right',
    easy: 'まだ {書|か}いていない ところが あります',
  },
  incompleteItem: {
    ja: '{section}：{count}件',
    en: '{section}: {count}',
    easy: '{section}：{count}こ',
  },
  hintsTitle: { ja: '確認してください', en: 'Please check', easy: '{確認|かくにん}してください' },
  hintsStay: {
    ja: '内容が正しければ、もう一度「次へ」を押すと進めます。',
    en: 'If this is right, press “Continue” again.',
    easy: '{正|ただ}しければ、もう{一度|いちど}「つぎへ」を {押|お}してください。',
  },
  hintsRead: {
    ja: '上の内容を確認しました。このまま申請します。',
    en: 'I have read this and want to apply as it is.',
    easy: '{上|うえ}の ことを {読|よ}みました。このまま {申請|しんせい}します。',
  },
  hintsUnread: {
    ja: '「確認してください」の内容を読み、チェックを入れてください。',
    en: 'Read what is under “Please check” and tick the box.',
    easy: '「{確認|かくにん}してください」を {読|よ}んで、チェックを {入|い}れてください。',
  },
  toThisAnswer: { ja: 'この項目へ', en: 'Go to this answer', easy: 'ここを {見|み}る' },
  checking: { ja: '内容を点検しています…', en: 'Checking…', easy: '{確認|かくにん}しています…' },
  checkFailed: {
    ja: '内容の点検ができませんでした',
    en: 'Your answers could not be checked',
    easy: '{確認|かくにん}できませんでした',
  },
  retry: { ja: 'もう一度試す', en: 'Try again', easy: 'もう{一度|いちど} する' },
  submit: { ja: 'この内容で申請する', en: 'Apply now', easy: 'これで {申請|しんせい}する' },
  submitHarmless: {
    ja: '通信が切れても、もう一度押せば大丈夫です。二重に申請されることはありません。',
    en: 'If the connection breaks, just press again. It will not be filed twice.',
    easy: 'インターネットが {切|き}れても、もう{一度|いちど} {押|お}して だいじょうぶです。2{回|かい}の {申請|しんせい}には なりません。',
  },
  stillMissing: {
    ja: '入力が終わっていないところを直してから申請してください。',
    en: 'Please complete your answers before you apply.',
    easy: 'まだの ところを {書|か}いてから {申請|しんせい}してください。',
  },
  filesGone: {
    ja: '添付した書類の一部が見つかりません。「書類の添付」で確認し、添付し直してください。',
    en: 'Some of your files are missing. Please check and attach them again.',
    easy: '{付|つ}けた {書類|しょるい}が {見|み}つかりません。もう{一度|いちど} {付|つ}けてください。',
  },
  duplicateTitle: {
    ja: 'このお子さんの申請は、すでに受け付けています',
    en: 'There is an application for this child already',
    easy: 'この お{子|こ}さんの {申請|しんせい}は もう あります',
  },
  duplicateOwn: {
    ja: '{date}に受け付けました（受付番号 {number}）。内容の確認や取り下げは、申請のページからできます。',
    en: 'It was received on {date} (receipt number {number}). You can look at it or cancel it on its page.',
    easy: '{date}に {受|う}け{付|つ}けました（{受付番号|うけつけばんごう} {number}）。{申請|しんせい}の ページで {見|み}られます。',
  },
  duplicateOther: {
    ja: '{date}に、別の方（もう1人の保護者など）からの申請を受け付けています。もう一度申請する必要はありません。ご家族に確認しても心当たりがない場合は、児童課にお問い合わせください。下書きは残っています。',
    en: 'Somebody else, such as the other guardian, applied on {date}. You need not apply again. If nobody in your family knows about it, please contact the office. Your draft is kept.',
    easy: '{date}に、ほかの {人|ひと}（もう {1人|ひとり}の {保護者|ほごしゃ}など）が {申請|しんせい}しました。もう{一度|いちど} {申請|しんせい}しなくて いいです。{家族|かぞく}に {聞|き}いても わからないときは、{児童課|じどうか}に {聞|き}いてください。',
  },
  toApplication: {
    ja: '受け付けた申請を見る',
    en: 'Look at that application',
    easy: '{前|まえ}の {申請|しんせい}を {見|み}る',
  },
  closedNow: {
    ja: '選んだ年度の受付期間ではないため、申請できません。「利用する年度」を確認してください。',
    en: 'The year you chose is not open for applications now. Please check it.',
    easy: '{選|えら}んだ {年度|ねんど}は いま {申請|しんせい}できません。{年度|ねんど}を {確認|かくにん}してください。',
  },
  saving: { ja: '保存しています…', en: 'Saving…', easy: '{保存|ほぞん}しています…' },
  saved: { ja: '保存しました {time}', en: 'Saved {time}', easy: '{保存|ほぞん}しました {time}' },
  saveFailed: {
    ja: 'まだ保存できていません。つながりしだい自動で保存します。このページを閉じないでください。',
    en: 'Not saved yet. We keep trying; please do not close this page.',
    easy: 'まだ {保存|ほぞん}できていません。つながると {保存|ほぞん}します。この ページを {閉|と}じないでください。',
  },
  saveNow: { ja: '今すぐ保存する', en: 'Save now', easy: 'いま {保存|ほぞん}する' },
  saveRefused: {
    ja: '保存できません',
    en: 'This cannot be saved',
    easy: '{保存|ほぞん}できません',
  },
  leaveTitle: {
    ja: 'まだ保存できていません',
    en: 'Your latest changes are not saved',
    easy: 'まだ {保存|ほぞん}していません',
  },
  leaveBody: {
    ja: 'このページを離れると、最後の変更が失われることがあります。',
    en: 'If you leave now, your latest changes may be lost.',
    easy: 'この ページを {出|で}ると、{最後|さいご}に {書|か}いたことが {消|き}えるかもしれません。',
  },
  leave: { ja: '離れる', en: 'Leave', easy: '{出|で}る' },
  stay: { ja: 'このページに残る', en: 'Stay', easy: 'この ページに いる' },
  later: {
    ja: '保存して、あとで続ける',
    en: 'Save and go on later',
    easy: '{保存|ほぞん}して、あとで {書|か}く',
  },
  addRow: { ja: '{name}を追加する', en: 'Add: {name}', easy: '{name}を {増|ふ}やす' },
  rowTitle: { ja: '{name} {number}', en: '{name} {number}', easy: '{name} {number}' },
  removeRow: {
    ja: '{name} {number} を削除',
    en: 'Remove {name} {number}',
    easy: '{name} {number} を {消|け}す',
  },
  rowRemoved: {
    ja: '{name} {number} を削除しました',
    en: '{name} {number} removed',
    easy: '{name} {number} を {消|け}しました',
  },
  rowsFull: {
    ja: '{max}件まで入力できます。',
    en: 'Up to {max} can be entered.',
    easy: '{max}つまで {書|か}けます。',
  },
  gradeOption: { ja: '{grade}年生', en: 'Grade {grade}', easy: '{grade}{年生|ねんせい}' },
  searchBop: {
    ja: '学校名や児童館名の一部を入力すると、候補が出ます。',
    en: 'Type a part of the school’s or the hall’s name (in Japanese) to see matches.',
    easy: '{学校|がっこう}の {名前|なまえ}を {少|すこ}し {書|か}くと、{出|で}てきます。',
  },
  draftGoneTitle: {
    ja: 'この下書きはありません',
    en: 'This draft is not there',
    easy: 'この {書|か}きかけの {申請|しんせい}は ありません',
  },
  draftGoneBody: {
    ja: 'すでに申請したか、削除した可能性があります。「申請の一覧」で確認してください。',
    en: 'You may have filed or deleted it. Please look under “My applications”.',
    easy: 'もう {申請|しんせい}したか、{消|け}したかもしれません。「わたしの {申請|しんせい}」を {見|み}てください。',
  },
  copyTitle: {
    ja: 'きょうだいの申請ですか',
    en: 'Is this for a brother or sister?',
    easy: 'きょうだいの {申請|しんせい}ですか',
  },
  copyHint: {
    ja: '前に入力した保護者・住所・連絡先などを写して始められます。お子さんについての内容・同意・書類は写しません。',
    en: 'You can start with the guardians, address and contacts of an earlier application. Answers about the child, consents and documents are not copied.',
    easy: '{前|まえ}に {書|か}いた {保護者|ほごしゃ}・{住所|じゅうしょ}などを コピーできます。お{子|こ}さんの ことと {書類|しょるい}は コピーしません。',
  },
  copyNone: { ja: '写さずに始める', en: 'Start empty', easy: 'コピーしない' },
  copyFrom: {
    ja: '{name}の申請から写す',
    en: 'Copy from {name}',
    easy: '{name}の {申請|しんせい}から コピーする',
  },
});
