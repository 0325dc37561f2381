import { PROCEDURES } from '../../../domain/procedures/registry.ts';
import * as office from '../../../domain/texts/office.ts';
import * as timeline from '../../../domain/texts/timeline.ts';
import * as account from '../texts/account.ts';
import * as applications from '../texts/applications.ts';
import * as common from '../texts/common.ts';
import * as enrolments from '../texts/enrolments.ts';
import * as form from '../texts/form.ts';
import * as notices from '../texts/notices.ts';
import * as start from '../texts/start.ts';
import * as together from '../texts/together.ts';
import { learnReadings, type Readings } from './furigana.ts';
import { OFFICE_WORDS } from './office-words.ts';

/** Every text with furigana that stands somewhere in this value. */
function markedTexts(value: unknown, found: Set<string>, seen: Set<object>): void {
  if (typeof value === 'string') {
    if (value.includes('|')) found.add(value);
  } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value);
    for (const one of value instanceof Map ? value.values() : Object.values(value))
      markedTexts(one, found, seen);
  }
}

let known: Readings | undefined;

/** The readings of all words that the portal's own texts have, and of the office's. Heavy: loaded only by who wants furigana. */
export function readings(): Readings {
  if (known) return known;
  const texts = new Set<string>();
  const sources = [PROCEDURES, office, timeline, account, applications, common, enrolments, form];
  for (const source of [...sources, notices, start, together, OFFICE_WORDS])
    markedTexts(source, texts, new Set());
  return (known = learnReadings(texts));
}
