/** What a notice (通知書) is. One decision gives one notice, of one kind. */
export const NOTICE_KINDS = [
  'admissionApproved',
  'extendedUseApproved',
  'declineConfirmed',
  'withdrawalConfirmed',
  'withdrawalChangeConfirmed',
  'feeReductionApproved',
  'certificate',
  'approved',
  'refused',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_LABELS: Readonly<Record<NoticeKind, string>> = {
  admissionApproved: '入会承認通知書',
  extendedUseApproved: '延長利用承認通知書',
  declineConfirmed: '延長利用辞退確認通知書',
  withdrawalConfirmed: '退会確認通知書',
  withdrawalChangeConfirmed: '退会日変更確認通知書',
  feeReductionApproved: '利用料減免決定通知書',
  certificate: '証明書',
  approved: '決定通知書（その他の手続き）',
  refused: '不承認通知書',
};

/** The letter of a kind in references; never changed once in use. */
export const NOTICE_LETTERS: Readonly<Record<NoticeKind, string>> = {
  admissionApproved: 'A',
  extendedUseApproved: 'B',
  declineConfirmed: 'C',
  withdrawalConfirmed: 'D',
  withdrawalChangeConfirmed: 'E',
  feeReductionApproved: 'F',
  certificate: 'G',
  approved: 'K',
  refused: 'R',
};

const APPROVALS: Readonly<Record<string, NoticeKind>> = {
  admission: 'admissionApproved',
  extendedUse: 'extendedUseApproved',
  declineExtendedUse: 'declineConfirmed',
  withdrawal: 'withdrawalConfirmed',
  withdrawalDateChange: 'withdrawalChangeConfirmed',
  feeReduction: 'feeReductionApproved',
  certificate: 'certificate',
};

/**
 * The notice that a decision gives (Q05, Q22); undefined where none is written: an approved cancellation (取り下げ) is told by
 * mail and leaves nothing to certify. A procedure that this table does not name gets the general notice.
 */
export function noticeKindOf(procedure: string, outcome: 'approved' | 'refused'): NoticeKind | undefined {
  if (outcome === 'refused') return 'refused';
  if (procedure === 'cancellation') return undefined;
  return APPROVALS[procedure] ?? 'approved';
}

/** Whose decisions give notices of this kind: procedures' codes, out of those there are. */
export function proceduresOfKind(kind: NoticeKind, procedures: readonly string[]): readonly string[] {
  return procedures.filter((code) =>
    (['approved', 'refused'] as const).some((outcome) => noticeKindOf(code, outcome) === kind),
  );
}

/** Is this one of the kinds? */
export function isNoticeKind(text: unknown): text is NoticeKind {
  return (NOTICE_KINDS as readonly unknown[]).includes(text);
}
