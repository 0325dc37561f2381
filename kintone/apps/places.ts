import { BOPS, bopOf, HALLS, hallOfBop } from '../../domain/facilities/facilities.ts';
import { quote } from '../gateway/query.ts';
import type { KintoneField, KintoneRecord, KintoneView } from './model.ts';

/** Where a record belongs in the tree of 別紙1. Written as words too, so that a renamed hall does not change what was. */
export const PLACE_FIELDS = [
  { code: 'bop_code', label: '新BOPコード', type: 'SINGLE_LINE_TEXT' },
  { code: 'bop_name', label: '新BOP名', type: 'SINGLE_LINE_TEXT' },
  { code: 'hall_code', label: '児童館コード', type: 'SINGLE_LINE_TEXT' },
  { code: 'hall_name', label: '児童館名', type: 'SINGLE_LINE_TEXT' },
] as const satisfies readonly KintoneField[];

/** The values of {@link PLACE_FIELDS}; empty for a place that 別紙1 does not know. */
export function placeOf(bopCode: string | undefined): KintoneRecord {
  const bop = bopCode === undefined ? undefined : bopOf(bopCode);
  const hall = bopCode === undefined ? undefined : hallOfBop(bopCode);
  return {
    bop_code: { value: bopCode ?? '' },
    bop_name: { value: bop?.name ?? '' },
    hall_code: { value: hall?.code ?? '' },
    hall_name: { value: hall?.name ?? '' },
  };
}

/**
 * A list for each hall and each 新BOP. The first word tells them apart in kintone's menu of lists, which is long (86 of the 1,000
 * that an app may have) and can be typed into.
 */
export function placeViews(view: Pick<KintoneView, 'fields' | 'sort'>): readonly KintoneView[] {
  return [
    ...HALLS.map(({ code, name }) => ({
      ...view,
      name: `児童館｜${code} ${name}`,
      condition: `hall_code = ${quote(code)}`,
    })),
    ...BOPS.map(({ code, name }) => ({
      ...view,
      name: `新BOP｜${name}`,
      condition: `bop_code = ${quote(code)}`,
    })),
  ];
}
