import { HALLS } from '../../domain/facilities/facilities.ts';
import type { KintoneApp, KintoneRecord } from './model.ts';
import { placeOf, PLACE_FIELDS } from './places.ts';

export const FACILITY_KIND_LABELS = { hall: '児童館', bop: '新BOP' } as const;

/** The key of a hall's record; permissions name it too, since a hall is at no 新BOP. */
export function hallKey(hallCode: string): string {
  return `hall-${hallCode}`;
}
export function bopKey(bopCode: string): string {
  return `bop-${bopCode}`;
}

/** The halls and 新BOPs of 別紙1 with their place in the tree, for people to look up. Their records are the code's. */
export const FACILITIES_APP: KintoneApp = {
  key: 'facilities',
  name: '学童クラブ 施設',
  description: '別紙1の児童館と新BOPです。手続きシステムが書き込みます（変更しても元に戻ります）。',
  recordKey: 'facility_code',
  titleField: 'name',
  hallRecords: hallKey,
  groups: [
    {
      code: 'group_facility',
      label: '施設',
      open: true,
      fields: [
        { code: 'name', label: '名称', type: 'SINGLE_LINE_TEXT' },
        {
          code: 'kind',
          label: '種類',
          type: 'DROP_DOWN',
          options: Object.values(FACILITY_KIND_LABELS),
        },
        { code: 'facility_code', label: '施設コード', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'position', label: '別紙1の順番', type: 'NUMBER' },
      ],
    },
    { code: 'group_place', label: '別紙1での位置', open: true, fields: PLACE_FIELDS },
  ],
  views: [
    {
      name: 'すべての施設',
      fields: ['position', 'kind', 'name', 'hall_name', 'bop_code', 'hall_code'],
      condition: '',
      sort: 'position asc',
    },
    ...(['hall', 'bop'] as const).map((kind) => ({
      name: FACILITY_KIND_LABELS[kind],
      fields: ['name', 'hall_name', 'bop_code', 'hall_code'],
      condition: `kind in ("${FACILITY_KIND_LABELS[kind]}")`,
      sort: 'position asc',
    })),
  ],
};

/** All records of the app by their keys: 25 halls, each followed by its 新BOPs. */
export function facilityRecords(): ReadonlyMap<string, KintoneRecord> {
  const rows = HALLS.flatMap((hall) => [
    {
      key: hallKey(hall.code),
      kind: 'hall' as const,
      name: hall.name,
      place: { ...placeOf(undefined), hall_code: { value: hall.code }, hall_name: { value: hall.name } },
    },
    ...hall.bops.map((bop) => ({
      key: bopKey(bop.code),
      kind: 'bop' as const,
      name: bop.name,
      place: placeOf(bop.code),
    })),
  ]);
  return new Map(
    rows.map(({ key, kind, name, place }, i) => [
      key,
      {
        name: { value: name },
        kind: { value: FACILITY_KIND_LABELS[kind] },
        position: { value: i + 1 },
        ...place,
      },
    ]),
  );
}
