/** Records as they are stored. */

export interface StoredFile {
  fileKey: string;
  name: string;
  contentType: string;
  size: string;
}

export interface StoredRow {
  id: string;
  v: Doc;
}

export type StoredValue = string | null | string[] | StoredFile[] | StoredRow[];

/** The values of a record, under `f` and the field's id. */
export type Doc = Record<string, StoredValue>;

export interface RecordRow {
  id: number;
  revision: number;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
  status: string | null;
  assignees: string[];
  data: Doc;
}

/** The key of a field in {@link Doc}. */
export function docKey(field: { fid: number }): string {
  return `f${field.fid}`;
}
