import type { ExportColumn, ExportProfile } from '../domain/exports/profile.ts';
import type { ExportRecord } from '../domain/exports/record.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { ADMISSION_EXAMPLE } from '../domain/procedures/example.ts';
import { applicationById, projectStep, type Application } from '../store/applications.ts';
import type { Keyring } from '../store/crypto.ts';
import type { Db } from '../store/db.ts';
import { receiveSubmission } from '../store/receive.ts';
import { receivedEvent, stepOf, testKeyring, testSubmission } from './store.ts';

/** A column of an export profile; text as it is unless given. */
export function exampleColumn(given: Partial<ExportColumn> = {}): ExportColumn {
  return {
    title: '項目',
    source: { kind: 'line' },
    format: { kind: 'text', kana: 'asIs', width: 'asIs' },
    width: null,
    overflow: 'problem',
    pad: { side: 'right', char: ' ' },
    required: false,
    whenEmpty: '',
    ...given,
  };
}

/** An export profile: CP932, commas, quotes where needed, no header. */
export function exampleProfile(given: Partial<ExportProfile> = {}): ExportProfile {
  return {
    id: 'example',
    name: '例',
    note: '',
    active: true,
    subject: 'applications',
    procedures: ['admission'],
    stages: ['approved', 'refused'],
    columns: [exampleColumn()],
    layout: { kind: 'delimited', delimiter: ',', quote: 'whenNeeded', header: false },
    encoding: 'cp932',
    lineEnd: 'crlf',
    endsWithLineEnd: true,
    lineBreaks: 'space',
    unit: 'bytes',
    fileName: 'example_{number:4}',
    extension: 'csv',
    answers: {
      encoding: 'utf-8',
      skipLines: 0,
      key: 'receiptNumber',
      layout: { kind: 'delimited', delimiter: ',', keyColumn: 1, resultColumn: 2, reasonColumn: 3 },
      accepted: ['OK'],
      rejected: ['NG'],
      reasons: [{ code: 'E01', text: '該当なし' }],
    },
    ...given,
  };
}

/** A record of a made-up child. */
export function exampleRecord(given: Partial<ExportRecord> = {}): ExportRecord {
  return {
    key: 'a0000000-0000-4000-8000-000000000001',
    receiptNumber: 'A27-000001-X',
    application: {
      id: 'a0000000-0000-4000-8000-000000000001',
      procedure: 'admission',
      fiscalYear: 2027,
      round: 'first',
      channel: 'online',
      stage: 'approved',
      receivedAt: '2026-11-02T01:00:00.000Z',
      bopCode: '2',
    },
    answers: {},
    decision: {
      outcome: 'approved',
      decidedAt: '2027-01-20T02:00:00.000Z',
      effectiveFrom: '2027-04-01',
      reasonCode: null,
    },
    enrolment: null,
    ...given,
  };
}

/**
 * An application of a made-up child that the ward has decided on, as the workflow leaves it; its answers wait in PostgreSQL.
 * `n` makes its ids, so that files made of it are the same in every run.
 */
export async function addDecided(
  db: Db,
  n: number,
  given: {
    answers?: Answers;
    outcome?: 'approved' | 'refused';
    decidedAt?: string;
    fiscalYear?: number;
    keyring?: Keyring;
  } = {},
): Promise<Application> {
  const answers = { ...ADMISSION_EXAMPLE, ...given.answers };
  const id = `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const word = (code: string) => {
    const value = answers[code];
    return typeof value === 'string' ? value : '';
  };
  const submission = testSubmission({
    applicationId: id,
    answers,
    bopCode: word('bop'),
    fiscalYear: given.fiscalYear ?? 2027,
    receivedAt: new Date(Date.UTC(2026, 10, 2, 1, 0, n)).toISOString(),
    child: {
      familyName: word('child_family_name'),
      givenName: word('child_given_name'),
      familyKana: word('child_family_kana'),
      givenKana: word('child_given_kana'),
      birthDate: word('child_birth_date'),
    },
  });
  const result = await receiveSubmission(db, given.keyring ?? testKeyring, submission);
  if (result.kind !== 'received') throw new Error(result.kind);
  const { application } = result;
  const outcome = given.outcome ?? 'approved';
  const events: ApplicationEvent[] = [
    receivedEvent(submission, application.receiptNumber),
    {
      type: 'decided',
      outcome,
      ...(outcome === 'approved' ? { effectiveFrom: '2027-04-01' } : { reasonCode: 'not_eligible' }),
      seq: 2,
      at: given.decidedAt ?? '2027-01-20T02:00:00.000Z',
      by: { kind: 'staff', id: '00000000-0000-4000-8000-00000000000a', role: 'ward' },
    },
  ];
  await projectStep(db, stepOf(events, events.length));
  const decided = await applicationById(db, id, 'all');
  if (!decided) throw new Error('gone');
  return decided;
}

/** Names that files have trouble with; the kana are what the ward's system sorts by. */
export const EXPORT_NAMES: readonly Answers[] = [
  {
    child_family_name: '髙橋',
    child_given_name: '花子',
    child_family_kana: 'タカハシ',
    child_given_kana: 'ハナコ',
  },
  {
    child_family_name: '山﨑',
    child_given_name: '健',
    child_family_kana: 'ヤマザキ',
    child_given_kana: 'ケン',
    bop: '11',
  },
  {
    child_family_name: '𠮷田',
    child_given_name: 'さくら',
    child_family_kana: 'ヨシダ',
    child_given_kana: 'サクラ',
    guardian1_address_building: 'コーポ"桜", 〜駅前〜 101',
  },
  {
    child_family_name: '駒繫',
    child_given_name: '一郎',
    child_family_kana: 'コマツナギ',
    child_given_kana: 'イチロウ',
    child_birth_date: '2019-04-30',
  },
];
