import { z } from 'zod';
import { Id, InstantText, LocaleCode, RoleCode } from './common.ts';

/** Rules for passwords; the same on the screens (Q44). */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

export const Account = z.object({
  id: Id,
  kind: z.enum(['staff', 'applicant']),
  role: RoleCode,
  /** Where a hall or 新BOP user stands in 別紙1; null for everybody else. */
  place: z.object({ kind: z.enum(['hall', 'bop']), code: z.string(), name: z.string() }).nullable(),
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: LocaleCode,
  /** Until the password is changed every other route answers 403 `passwordChangeRequired` (Q44). */
  passwordTemporary: z.boolean(),
  /** The sign-in and sign-out before this one (Q43). */
  lastSignInAt: InstantText.nullable(),
  lastSignOutAt: InstantText.nullable(),
});
export type Account = z.output<typeof Account>;

/** GET /api/session: never an error; `account` null means nobody is signed in. Asking does not keep a session alive. */
export const SessionResponse = z.object({
  account: Account.nullable(),
  /** To send back as header `x-csrf-token` with POST, PUT, PATCH, DELETE; also in the cookie `csrf`. Null: nobody is signed in. */
  csrfToken: z.string().nullable(),
  /** Without activity the session ends after so many seconds: 1800 for staff, 3600 for applicants. */
  idleSeconds: z.number().int().nullable(),
  /** When it ends if nothing happens. */
  expiresAt: InstantText.nullable(),
});
export type SessionResponse = z.output<typeof SessionResponse>;

const login = z
  .string()
  .trim()
  .min(1, 'ログインIDまたはメールアドレスを入力してください。')
  .max(254, '254文字以内で入力してください。');
const enteredPassword = z.string().min(1, 'パスワードを入力してください。').max(1000);
const newPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `パスワードは${String(PASSWORD_MIN_LENGTH)}文字以上にしてください。`)
  .max(PASSWORD_MAX_LENGTH, `パスワードは${String(PASSWORD_MAX_LENGTH)}文字以内にしてください。`);
const email = z.email('メールアドレスの形が正しくありません。例：hanako@example.jp').max(254);
const phone = z
  .string()
  .trim()
  .regex(/^0\d{1,4}-?\d{1,4}-?\d{3,4}$/, '電話番号を市外局番から入力してください。例：03-1234-5678');
const name = z.string().trim().min(1, '氏名を入力してください。').max(100, '100文字以内で入力してください。');
const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '6桁の数字を入力してください。');

/** POST /api/session */
export const SignInRequest = z.object({ login, password: enteredPassword });
export type SignInRequest = z.input<typeof SignInRequest>;

/** POST /api/session/password */
export const ChangePasswordRequest = z.object({ current: enteredPassword, password: newPassword });
export type ChangePasswordRequest = z.input<typeof ChangePasswordRequest>;

/** PATCH /api/session: one's own account. */
export const UpdateAccountRequest = z.object({
  locale: LocaleCode.optional(),
  name: name.optional(),
  phone: phone.optional(),
});
export type UpdateAccountRequest = z.input<typeof UpdateAccountRequest>;

/** POST /api/applicants: with a mail address, or with a login id of one's own for who has none. */
export const SignUpRequest = z
  .object({
    email: email.optional(),
    loginId: z
      .string()
      .trim()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{5,39}$/,
        'ログインIDは半角の英数字と . _ - で、6〜40文字にしてください。',
      )
      .optional(),
    password: newPassword,
    name,
    phone,
    locale: LocaleCode.default('ja'),
  })
  .refine((body) => (body.email === undefined) !== (body.loginId === undefined), {
    path: ['email'],
    message: 'メールアドレスか、ログインIDのどちらか一方を入力してください。',
  });
export type SignUpRequest = z.input<typeof SignUpRequest>;

/**
 * 202 `verify`: a code of six digits is on its way to the address (also said where the address has an account already: then
 * the mail says so). 201 `active`: the account exists and is signed in; `session` is as from GET /api/session.
 */
export const SignUpResponse = z.discriminatedUnion('status', [
  z.object({ status: z.literal('verify'), login: z.string(), expiresAt: InstantText }),
  z.object({ status: z.literal('active'), session: SessionResponse }),
]);
export type SignUpResponse = z.output<typeof SignUpResponse>;

/** POST /api/applicants/verify → SessionResponse, signed in */
export const VerifyRequest = z.object({ login, code });
export type VerifyRequest = z.input<typeof VerifyRequest>;

/** POST /api/applicants/code: a new code for a sign-up (`verify`) or for a forgotten password (`reset`). Always 202. */
export const CodeRequest = z.object({ login, purpose: z.enum(['verify', 'reset']) });
export type CodeRequest = z.input<typeof CodeRequest>;
export const CodeResponse = z.object({ expiresAt: InstantText });
export type CodeResponse = z.output<typeof CodeResponse>;

/** POST /api/applicants/password: a new password with the code that was mailed. → SessionResponse, signed in */
export const ResetPasswordRequest = z.object({ login, code, password: newPassword });
export type ResetPasswordRequest = z.input<typeof ResetPasswordRequest>;
