import type { ExportColumn, ExportProfile } from '../domain/exports/profile.ts';
import type { ExportRecord } from '../domain/exports/record.ts';

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
