/** The types of kintone fields that this system's apps use. */
export type FieldType =
  | 'SINGLE_LINE_TEXT'
  | 'MULTI_LINE_TEXT'
  | 'NUMBER'
  | 'DATE'
  | 'TIME'
  | 'DATETIME'
  | 'DROP_DOWN'
  | 'CHECK_BOX'
  | 'FILE'
  | 'SUBTABLE';

/**
 * A field of an app. Limits and required answers are left to this system's own checks: two sets of rules would drift apart,
 * and a rule of kintone's would refuse what an earlier form allowed.
 */
export interface KintoneField {
  /** ASCII snake_case, never changed once in use. */
  code: string;
  label: string;
  type: FieldType;
  /** The key of upserts. */
  unique?: boolean;
  /** For DROP_DOWN and CHECK_BOX: what people see is what is stored. */
  options?: readonly string[];
  /** For SUBTABLE. */
  columns?: readonly KintoneField[];
}

/** A heading with its fields, as people see the record. Tables stand below their group, where kintone allows them. */
export interface KintoneGroup {
  code: string;
  label: string;
  open: boolean;
  fields: readonly KintoneField[];
}

/** A list of another app's records on a record's page (関連レコード一覧). Holds no value; shows what the reader may see there. */
export interface RelatedList {
  code: string;
  label: string;
  app: AppKey;
  /** This app's field, and the other's that holds the same. */
  field: string;
  relatedField: string;
  /** Of the other app. */
  fields: readonly string[];
  sort: string;
  /** Records at one time: 5, 10, 20, 30, 40 or 50. */
  size: number;
}

export interface KintoneView {
  name: string;
  fields: readonly string[];
  /** kintone's query language; empty for all records. */
  condition: string;
  /** For example `received_at asc`. */
  sort: string;
}

/** Whom kintone tells of a record that newly meets a condition. */
export interface KintoneNotification {
  condition: string;
  title: string;
  /** Codes of groups. */
  groups: readonly string[];
}

/** An app as code: what provisioning makes of it stands in `provision.ts`. */
export interface KintoneApp {
  key: AppKey;
  name: string;
  description: string;
  /** The code of the unique field that records are written by. */
  recordKey: string;
  groups: readonly KintoneGroup[];
  views: readonly KintoneView[];
  /** Beneath everything else, in this order. */
  related?: readonly RelatedList[];
  /** Fields that only the system writes: people read them. Default: all of the app's. */
  systemFields?: readonly string[];
  /** The field that records are known by in kintone. Default: the record key. */
  titleField?: string;
  notifications?: readonly KintoneNotification[];
  /** The app has a record for each hall too, at no 新BOP, which the hall sees: its key. */
  hallRecords?: (hallCode: string) => string;
}

/** One app a procedure, and what all procedures share. */
export type AppKey =
  | `application_${string}`
  | 'documents'
  | 'reviews'
  | 'contacts'
  | 'enrolments'
  | 'notices'
  | 'ledger'
  | 'facilities';

/** The app that holds the applications of a procedure. */
export function applicationApp(procedure: string): AppKey {
  return `application_${procedure}`;
}

/** A record as kintone takes and gives it. */
export type KintoneRecord = Record<string, { value: unknown }>;

/** All fields of an app, tables included, in the order of the form. */
export function fieldsOfApp(app: KintoneApp): readonly KintoneField[] {
  return app.groups.flatMap((group) => group.fields);
}
