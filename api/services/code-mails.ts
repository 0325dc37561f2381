import { withoutFurigana, type Locale } from '../../domain/texts/locale.ts';
import { CODE_MINUTES } from '../../store/verification.ts';

/** What a mail about an account says. `alreadyRegistered`: somebody signed up with an address that has an account. */
export type CodeMailKind =
  { type: 'verify'; code: string } | { type: 'reset'; code: string } | { type: 'alreadyRegistered' };

interface Frame {
  footer: string;
  publicUrl: string;
}

const minutes = String(CODE_MINUTES);

const SUBJECTS: Readonly<Record<CodeMailKind['type'], Record<Locale, string>>> = {
  verify: {
    ja: '【新BOP学童クラブ】メールアドレスの確認コード',
    'ja-easy': '【新BOP学童クラブ】メールアドレスの かくにんコード',
    en: '[Shin-BOP After-School Club] Your verification code',
  },
  reset: {
    ja: '【新BOP学童クラブ】パスワード再設定の確認コード',
    'ja-easy': '【新BOP学童クラブ】パスワードを かえるための コード',
    en: '[Shin-BOP After-School Club] Code to reset your password',
  },
  alreadyRegistered: {
    ja: '【新BOP学童クラブ】このメールアドレスは登録済みです',
    'ja-easy': '【新BOP学童クラブ】このメールアドレスは もう とうろくされています',
    en: '[Shin-BOP After-School Club] You already have an account',
  },
};

function lines(kind: CodeMailKind, locale: Locale): readonly string[] {
  const code = 'code' in kind ? kind.code : '';
  if (kind.type === 'alreadyRegistered') {
    return {
      ja: [
        'このメールアドレスで新しい利用登録の手続きがありましたが、すでに登録されています。',
        'そのままログインしてください。パスワードを忘れた場合は、ログイン画面の「パスワードを忘れた方」から再設定できます。',
        'お心当たりがない場合は、このメールは無視してください。登録の内容は変わっていません。',
      ],
      'ja-easy': [
        'このメールアドレスは もう とうろくされています。',
        'そのまま ログインしてください。パスワードを わすれたときは、ログインの 画面で 新しい パスワードに できます。',
        'あなたが していないときは、このメールを すててください。',
      ],
      en: [
        'Somebody tried to register with this address, but you already have an account.',
        'Please sign in. If you have forgotten your password, use "Forgot your password?" on the sign-in page.',
        'If this was not you, ignore this mail. Nothing has changed.',
      ],
    }[locale].slice();
  }
  const purpose = {
    verify: {
      ja: '新BOP学童クラブ手続きの利用登録を続けるには、画面に次の確認コードを入力してください。',
      'ja-easy': '新BOP学童クラブの とうろくを つづけます。画面に この コードを 入れてください。',
      en: 'To finish registering, enter this code on the page:',
    },
    reset: {
      ja: '新しいパスワードを設定するには、画面に次の確認コードを入力してください。',
      'ja-easy': '新しい パスワードを 作ります。画面に この コードを 入れてください。',
      en: 'To set a new password, enter this code on the page:',
    },
  }[kind.type][locale];
  const rest = {
    ja: [
      `このコードは${minutes}分間有効です。職員がコードをお尋ねすることはありません。`,
      'お心当たりがない場合は、このメールは無視してください。',
    ],
    'ja-easy': [
      `この コードは ${minutes}分 つかえます。だれにも おしえないでください。`,
      'あなたが していないときは、このメールを すててください。',
    ],
    en: [
      `The code is valid for ${minutes} minutes. Our staff never ask you for it.`,
      'If this was not you, ignore this mail.',
    ],
  }[locale];
  return [purpose, `    ${code}`, ...rest];
}

/** Subject and text of a mail about an account. */
export function codeMail(
  kind: CodeMailKind,
  locale: Locale,
  frame: Frame,
): { subject: string; text: string } {
  const body = [...lines(kind, locale), frame.publicUrl, frame.footer].join('\n\n');
  return { subject: SUBJECTS[kind.type][locale], text: withoutFurigana(body) };
}
