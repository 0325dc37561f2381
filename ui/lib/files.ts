import { certificateGuardian } from '../../domain/certificate-form/proposals.ts';
import { spoken } from './spoken.ts';

/** Kinds of file that can be taken, with their names on screens. */
export interface AcceptedType {
  readonly label: string;
  readonly mime: readonly string[];
  readonly extensions: readonly string[];
}

export const PDF: AcceptedType = { label: 'PDF', mime: ['application/pdf'], extensions: ['.pdf'] };
export const JPEG: AcceptedType = { label: 'JPEG', mime: ['image/jpeg'], extensions: ['.jpg', '.jpeg'] };
export const PNG: AcceptedType = { label: 'PNG', mime: ['image/png'], extensions: ['.png'] };
export const HEIC: AcceptedType = {
  label: 'HEIC',
  mime: ['image/heic', 'image/heif'],
  extensions: ['.heic', '.heif'],
};

export const XLSX: AcceptedType = {
  label: 'Excel（.xlsx）',
  mime: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  extensions: ['.xlsx'],
};

/** What applicants may send: scans, and photographs as phones make them. */
export const ACCEPT_DOCUMENTS: readonly AcceptedType[] = [PDF, JPEG, PNG, HEIC];

/** The employment certificate comes in Excel's form too. */
export const ACCEPT_CERTIFICATE: readonly AcceptedType[] = [...ACCEPT_DOCUMENTS, XLSX];

/** What may be sent as a document of a type. */
export function acceptedFor(documentType: string): readonly AcceptedType[] {
  return certificateGuardian(documentType) === undefined ? ACCEPT_DOCUMENTS : ACCEPT_CERTIFICATE;
}

/** Value of an input's `accept`. */
export function acceptAttribute(types: readonly AcceptedType[]): string {
  return types.flatMap((type) => [...type.mime, ...type.extensions]).join(',');
}

/**
 * Whether a file looks like one of the kinds, by type or name. Only a help before sending: the server judges by
 * content. A file without a type (HEIC on Windows) goes by its name.
 */
export function isAccepted(file: { name: string; type: string }, types: readonly AcceptedType[]): boolean {
  const name = file.name.toLowerCase();
  const byName = types.some((type) => type.extensions.some((extension) => name.endsWith(extension)));
  return byName || types.some((type) => type.mime.includes(file.type));
}

/** 「PDF・JPEG・PNG」, in English “PDF, JPEG, PNG”. */
export function typeNames(types: readonly AcceptedType[]): string {
  const names = types.map((type) => type.label);
  if (spoken() !== 'en') return names.join('・');
  return names.join(', ').replaceAll('（', ' (').replaceAll('）', ')');
}
