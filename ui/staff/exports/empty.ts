import type {
  ExportColumn,
  ExportFormat,
  ExportProfile,
  ExportSource,
  SourceKind,
} from '../../../domain/exports/profile.ts';

/** A column to begin with. */
export function emptyColumn(): ExportColumn {
  return {
    title: '',
    source: { kind: 'person', item: 'childName' },
    format: emptyFormat('text'),
    width: null,
    overflow: 'problem',
    pad: { side: 'right', char: ' ' },
    required: false,
    whenEmpty: '',
  };
}

/** A profile to begin with: Windows' Japanese, commas, a heading. */
export function emptyProfile(): ExportProfile {
  return {
    id: '',
    name: '',
    note: '',
    active: true,
    subject: 'applications',
    procedures: ['admission'],
    stages: ['approved'],
    columns: [
      {
        ...emptyColumn(),
        title: '受付番号',
        source: { kind: 'application', item: 'receiptNumber' },
        required: true,
      },
    ],
    layout: { kind: 'delimited', delimiter: ',', quote: 'whenNeeded', header: true },
    encoding: 'cp932',
    lineEnd: 'crlf',
    endsWithLineEnd: true,
    lineBreaks: 'space',
    unit: 'bytes',
    fileName: 'gakudo_{date:yyyymmdd}_{number:4}',
    extension: 'csv',
    answers: {
      encoding: 'cp932',
      skipLines: 1,
      key: 'receiptNumber',
      layout: { kind: 'delimited', delimiter: ',', keyColumn: 1, resultColumn: 2, reasonColumn: 3 },
      accepted: ['0'],
      rejected: ['1'],
      reasons: [],
    },
  };
}

/** The first thing of a kind of source. */
export function emptySource(kind: SourceKind): ExportSource {
  switch (kind) {
    case 'person':
      return { kind, item: 'childName' };
    case 'answer':
      return { kind, field: 'school_name', label: true };
    case 'application':
      return { kind, item: 'receiptNumber' };
    case 'decision':
      return { kind, item: 'outcome' };
    case 'enrolment':
      return { kind, item: 'from' };
    case 'facility':
      return { kind, item: 'bopCode' };
    case 'line':
      return { kind };
    case 'constant':
      return { kind, value: '' };
  }
}

/** A format to begin with. */
export function emptyFormat(kind: ExportFormat['kind']): ExportFormat {
  switch (kind) {
    case 'text':
      return { kind, kana: 'asIs', width: 'asIs' };
    case 'date':
      return { kind, pattern: 'yyyy/mm/dd' };
    case 'code':
      return { kind, map: [], otherwise: null };
    case 'number':
      return { kind, digits: 0 };
  }
}
