import { HALLS } from '../../domain/facilities/facilities.ts';
import type { KintoneApp } from '../apps/model.ts';
import { fieldsOfApp } from '../apps/model.ts';
import { quote } from '../gateway/query.ts';
import { bopOrganization, groupOf, hallOrganization, SYSTEM_GROUP } from './people.ts';
import { LEVELS, rightsOf, type AccessTable, type Level } from './table.ts';

/** A group or organisation, as kintone's permission calls name it. */
export interface Entity {
  type: 'GROUP' | 'ORGANIZATION' | 'CREATOR';
  code: string | null;
}

export interface AppRight {
  entity: Entity;
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
    entity: Entity;
    viewable: boolean;
    editable: boolean;
    deletable: boolean;
    includeSubs: boolean;
  }[];
}
export interface FieldRight {
  code: string;
  entities: { entity: Entity; accessibility: 'READ' | 'WRITE' | 'NONE'; includeSubs: boolean }[];
}
/** The three permission settings of an app. */
export interface Acl {
  app: readonly AppRight[];
  records: readonly RecordRight[];
  fields: readonly FieldRight[];
}

/** Is this group or organisation there on the domain? */
export type Known = (entity: Entity) => boolean;

/** The field that says where a record belongs; an app without it is open to the whole-ward levels only. */
export const PLACE_FIELD = 'bop_code';

const EVERYONE: Entity = { type: 'GROUP', code: 'everyone' };
const group = (code: string): Entity => ({ type: 'GROUP', code });
const organization = (code: string): Entity => ({ type: 'ORGANIZATION', code });
const SYSTEM = group(SYSTEM_GROUP.code);

/**
 * The permissions of an app, from the ward's table (Q03, 別紙1). Groups say who somebody is, organisations where. Whoever is
 * not named has no right, and a group or organisation that the domain lacks is left out: that closes, it never opens.
 */
export function aclOf(app: KintoneApp, table: AccessTable, known: Known): Acl {
  return {
    app: appRights(app, table).filter(({ entity }) => entity.type === 'CREATOR' || known(entity)),
    records: recordRights(app, table).map((right) => ({
      ...right,
      entities: right.entities.filter(({ entity }) => known(entity)),
    })),
    fields: fieldRights(app, table).map((right) => ({
      ...right,
      entities: right.entities.filter(({ entity }) => known(entity)),
    })),
  };
}

function appRights(app: KintoneApp, table: AccessTable): AppRight[] {
  const right = (entity: Entity, given: ReadonlySet<string>, appEditable = false): AppRight => ({
    entity,
    includeSubs: false,
    appEditable,
    recordViewable: given.has('view'),
    recordAddable: given.has('add'),
    recordEditable: given.has('edit'),
    recordDeletable: given.has('delete'),
    recordImportable: false,
    recordExportable: given.has('export'),
  });
  return [
    right({ type: 'CREATOR', code: null }, new Set(['view', 'add', 'edit']), true),
    right(SYSTEM, new Set(['view', 'add', 'edit'])),
    ...LEVELS.map((level) => right(group(groupOf(level)), rightsOf(table, level, app.key))),
    right(EVERYONE, new Set()),
  ];
}

/** One rule a 新BOP, with those who see it, and a last one for records of no known place. */
function recordRights(app: KintoneApp, table: AccessTable): RecordRight[] {
  const right = (entity: Entity, level?: Level) => {
    const given = level ? rightsOf(table, level, app.key) : new Set<string>();
    return {
      entity,
      viewable: given.has('view'),
      editable: given.has('edit'),
      deletable: given.has('delete'),
      includeSubs: false,
    };
  };
  const system = { ...right(SYSTEM), viewable: true, editable: true };
  const wide = LEVELS.filter((level) => table.levels[level].scope === 'all').map((level) =>
    right(group(groupOf(level)), level),
  );
  const narrow = (level: 'hall' | 'bop', entity: Entity) =>
    table.levels[level].scope === 'all' ? [] : [right(entity, level)];
  const placed = fieldsOfApp(app).some((field) => field.code === PLACE_FIELD);
  const rules = (placed ? HALLS : []).flatMap((hall) =>
    hall.bops.map((bop) => ({
      filterCond: `${PLACE_FIELD} = ${quote(bop.code)}`,
      entities: [
        system,
        ...wide,
        ...narrow('hall', organization(hallOrganization(hall.code))),
        ...(table.levels.bop.scope === 'hall'
          ? siblings(hall, right)
          : narrow('bop', organization(bopOrganization(bop.code)))),
        right(EVERYONE),
      ],
    })),
  );
  const { hallRecords, recordKey } = app;
  const ofHalls = (hallRecords ? HALLS : []).map((hall) => ({
    filterCond: `${recordKey} = ${quote(hallRecords?.(hall.code) ?? '')}`,
    entities: [
      system,
      ...wide,
      ...narrow('hall', organization(hallOrganization(hall.code))),
      right(EVERYONE),
    ],
  }));
  return [...rules, ...ofHalls, { filterCond: '', entities: [system, ...wide, right(EVERYONE)] }];
}

/** Where the ward lets a 新BOP see its whole hall: the others of the hall too. */
function siblings(
  hall: (typeof HALLS)[number],
  right: (entity: Entity, level: Level) => RecordRight['entities'][number],
): RecordRight['entities'] {
  return hall.bops.map((bop) => right(organization(bopOrganization(bop.code)), 'bop'));
}

/** Fields that the system keeps are read-only for people; what a level is not to see is hidden from it. */
function fieldRights(app: KintoneApp, table: AccessTable): FieldRight[] {
  const own = new Set(app.systemFields ?? fieldsOfApp(app).map((field) => field.code));
  return fieldsOfApp(app).flatMap(({ code }): FieldRight[] => {
    const hidden = LEVELS.filter((level) => table.levels[level].hiddenFields.includes(code));
    if (hidden.length === 0 && !own.has(code)) return [];
    const others = own.has(code) ? 'READ' : 'WRITE';
    const right = (entity: Entity, accessibility: 'READ' | 'WRITE' | 'NONE') => ({
      entity,
      accessibility,
      includeSubs: false,
    });
    return [
      {
        code,
        entities: [
          right(SYSTEM, 'WRITE'),
          ...LEVELS.filter((level) => !hidden.includes(level)).map((level) =>
            right(group(groupOf(level)), others),
          ),
          right(EVERYONE, 'NONE'),
        ],
      },
    ];
  });
}
