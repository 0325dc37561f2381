/** The settings of an app as they are stored (once as preview, once as live). */

/** A field of a form. `fid` is the field's own id: values are stored under it, so a renamed code keeps its values. */
export interface FieldDef {
  fid: number;
  type: string;
  code: string;
  label: string;
  required?: boolean;
  unique?: boolean;
  defaultValue?: unknown;
  options?: Record<string, { label: string; index: string }>;
  expression?: string;
  minLength?: string;
  maxLength?: string;
  minValue?: string;
  maxValue?: string;
  enabled?: boolean;
  defaultNowValue?: boolean;
  lookup?: LookupDef;
  referenceTable?: ReferenceTableDef;
  entities?: { type: string; code: string }[];
  fields?: Record<string, FieldDef>;
  [property: string]: unknown;
}

export interface LookupDef {
  relatedApp: { app: string; code: string };
  relatedKeyField: string;
  fieldMappings: { field: string; relatedField: string }[];
  lookupPickerFields: string[];
  filterCond: string;
  sort: string;
}

export interface ReferenceTableDef {
  relatedApp: { app: string; code: string };
  condition: { field: string; relatedField: string };
  filterCond: string;
  displayFields: string[];
  sort: string;
  size: string;
}

export interface EntityRef {
  type: 'USER' | 'GROUP' | 'ORGANIZATION' | 'CREATOR' | 'FIELD_ENTITY' | 'CUSTOM_FIELD' | 'FUNCTION';
  code: string | null;
}

export interface AppRight {
  entity: EntityRef;
  includeSubs: boolean;
  appEditable: boolean;
  recordViewable: boolean;
  recordAddable: boolean;
  recordEditable: boolean;
  recordDeletable: boolean;
  recordImportable: boolean;
  recordExportable: boolean;
}

export interface RecordRight {
  filterCond: string;
  entities: {
    entity: EntityRef;
    viewable: boolean;
    editable: boolean;
    deletable: boolean;
    includeSubs: boolean;
  }[];
}

export interface FieldRight {
  code: string;
  entities: { entity: EntityRef; accessibility: 'READ' | 'WRITE' | 'NONE'; includeSubs: boolean }[];
}

export interface View {
  type: 'LIST' | 'CALENDAR' | 'CUSTOM';
  id: string;
  index: string;
  name: string;
  filterCond: string;
  sort: string;
  builtinType?: 'ASSIGNEE';
  fields?: string[];
  date?: string;
  title?: string;
  html?: string;
  pager?: boolean;
  device?: string;
}

export interface State {
  name: string;
  index: string;
  assignee: { type: 'ONE' | 'ALL' | 'ANY'; entities: { entity: EntityRef; includeSubs: boolean }[] };
}

export interface Action {
  name: string;
  from: string;
  to: string;
  filterCond: string;
  type: 'PRIMARY' | 'SECONDARY';
  executableUser?: { entities: { entity: EntityRef; includeSubs: boolean }[] };
}

export interface ProcessDef {
  enable: boolean;
  states: Record<string, State> | null;
  actions: Action[] | null;
}

/** One row of a form's layout; `fields` of a GROUP's rows lie in `layout`. */
export interface LayoutRow {
  type: 'ROW' | 'SUBTABLE' | 'GROUP';
  code?: string;
  fields?: { type: string; code?: string; [property: string]: unknown }[];
  layout?: LayoutRow[];
}

export interface AppConfig {
  name: string;
  settings: Record<string, unknown>;
  fields: Record<string, FieldDef>;
  layout: LayoutRow[];
  views: Record<string, View>;
  status: ProcessDef;
  appAcl: AppRight[];
  recordAcl: RecordRight[];
  fieldAcl: FieldRight[];
  /** Settings that are kept and given back but have no effect here. */
  extras: Record<string, unknown>;
}

/** An app with one of its two sets of settings. */
export interface App {
  id: number;
  code: string;
  spaceId: number | null;
  threadId: number | null;
  creator: string;
  createdAt: Date;
  modifier: string;
  modifiedAt: Date;
  config: AppConfig;
  revision: number;
  preview: boolean;
}

/** System field types, whose values are columns and not in the record's document. */
export const SYSTEM_TYPES: ReadonlySet<string> = new Set([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
]);

/** Field types that hold no value of their own. */
export const VALUELESS_TYPES: ReadonlySet<string> = new Set([
  'GROUP',
  'REFERENCE_TABLE',
  'LABEL',
  'HR',
  'SPACER',
]);
