import { comparableKana } from '../domain/intake/identity.ts';
import { comparableName } from '../domain/intake/look-alikes.ts';
import { composed, toKatakana } from '../domain/procedures/normalise.ts';
import { matching, type ApplicationFilter } from './application-lists.ts';
import type { VisibleBops } from './applications.ts';
import type { Keyring } from './crypto.ts';
import type { Db } from './db.ts';
import { openChild } from './intake.ts';

/** Names are encrypted, so a search opens them piece by piece and lets others work in between. */
const PIECE = 500;

/**
 * The applications, inside somebody's place and the filter, whose child's name or kana has this text in it; family and given
 * name count as one word, variants of kanji (高/髙) and of kana are the same. Asks nothing of kintone.
 */
export async function searchByChildName(
  db: Db,
  keyring: Keyring,
  { bops, filter, text }: { bops: VisibleBops; filter: ApplicationFilter; text: string },
): Promise<readonly string[]> {
  const name = comparableName(text);
  const kana = comparableKana(toKatakana(composed(text)));
  if (name === '') return [];
  const found: string[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await matching(db, bops, filter)
      .clearSelect()
      .innerJoin('child_index', 'child_index.application_id', 'applications.id')
      .select(['applications.id as id', 'child_ct'])
      .where('applications.id', '>', after)
      .orderBy('applications.id')
      .limit(PIECE)
      .execute();
    for (const { id, child_ct: sealed } of rows) {
      const child = openChild(keyring, id, sealed);
      const matches =
        comparableName(child.familyName + child.givenName).includes(name) ||
        comparableKana(child.familyKana + child.givenKana).includes(kana);
      if (matches) found.push(id);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return found;
    after = last.id;
  }
}
