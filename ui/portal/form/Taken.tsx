import type { Section } from '../../../domain/procedures/definition.ts';
import { Icon } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { together as m } from '../texts/together.ts';
import { useDraft } from './draft.tsx';
import { Origin, sourceOf } from './Origin.tsx';

/** Says on a page of the form that its answers were entered before, and asks to look them over. */
export function TakenNote({ section }: { section: Section }) {
  const { t } = useI18n();
  const { taken } = useDraft();
  const part = sourceOf(section, taken);
  if (!part) return null;
  return (
    <p className="measure mb-8 flex gap-2 rounded-8 bg-blue-50 p-4 forced-colors:border">
      <Icon name="info" className="mt-1 shrink-0 text-blue-900" />
      <span>{t(m.takenNote, { origin: <Origin part={part} /> })}</span>
    </p>
  );
}
