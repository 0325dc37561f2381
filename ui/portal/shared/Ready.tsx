import { useI18n } from '../../i18n/index.tsx';
import type { Text } from '../../i18n/index.tsx';
import { form as f } from '../texts/form.ts';

/** What to have at hand before beginning. */
export function Ready({ title }: { title: Text }) {
  const { t } = useI18n();
  return (
    <section className="measure">
      <h2 className="text-std-24B-150 mb-4">{t(title)}</h2>
      <ul className="flex list-disc flex-col gap-2 pl-6">
        <li>{t(f.readyChild)}</li>
        <li>{t(f.readyWork)}</li>
        <li>{t(f.readyDocuments)}</li>
        <li>{t(f.readyContacts)}</li>
      </ul>
    </section>
  );
}
