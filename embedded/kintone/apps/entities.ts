/** Users, groups, organisations and fields named in settings: read with kintone's checks. */
import type { Directory } from '../directory.ts';
import { EVERYONE } from '../directory.ts';
import { errors, invalid, texts } from '../errors.ts';
import { isObject } from '../params.ts';
import type { EntityRef, FieldDef } from './model.ts';

const ENTITY_FIELDS = new Set([
  'USER_SELECT',
  'GROUP_SELECT',
  'ORGANIZATION_SELECT',
  'CREATOR',
  'MODIFIER',
  'STATUS_ASSIGNEE',
]);

/** An `entity` object of a setting. */
export function readEntity(
  raw: unknown,
  allowed: readonly EntityRef['type'][],
  path: string,
  directory: Directory,
  fields: Record<string, FieldDef>,
): EntityRef {
  if (!isObject(raw)) throw errors.badJson();
  const type = raw['type'] as EntityRef['type'];
  if (!allowed.includes(type)) throw invalid(`${path}.type`, texts.enumValue);
  if (type === 'CREATOR') return { type, code: null };
  const code = raw['code'];
  if (typeof code !== 'string' || code === '') throw invalid(`${path}.code`, texts.requiredParam);
  if (!isKnown(type, code, directory, fields)) {
    throw invalid(`${path}.code`, texts.noEntity({ ja: '指定した対象', en: 'The specified entity' }, code));
  }
  return { type, code };
}

function isKnown(
  type: EntityRef['type'],
  code: string,
  directory: Directory,
  fields: Record<string, FieldDef>,
): boolean {
  switch (type) {
    case 'USER':
      return directory.people.has(code);
    case 'GROUP':
      return code === EVERYONE || directory.groups.has(code);
    case 'ORGANIZATION':
      return directory.organizations.has(code);
    case 'FIELD_ENTITY':
      return ENTITY_FIELDS.has(fields[code]?.type ?? '');
    default:
      return true;
  }
}
