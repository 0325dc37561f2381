import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { useI18n } from '../../i18n/index.tsx';
import { form as f } from '../texts/form.ts';
import { start as m } from '../texts/start.ts';
import { together as g } from '../texts/together.ts';
import { Ready } from './Ready.tsx';

/** So long a page of questions takes. */
const MINUTES_A_SECTION = 1;

/** What to have at hand for a procedure, and how long it takes: for an admission in words, for the others from its definition. */
export function Needed({ definition }: { definition: ProcedureDefinition }) {
  const { t } = useI18n();
  if (definition.code === 'admission') {
    return (
      <>
        <Ready title={f.beginReady} />
        <section className="measure">
          <h2 className="text-std-24B-150 mb-4">{t(f.beginTime)}</h2>
          <p>{t(f.beginTimeBody)}</p>
        </section>
      </>
    );
  }
  const wanted = definition.documents.filter((one) => one.requiredWhen !== undefined);
  const listed = wanted.length > 0 ? wanted : definition.documents;
  const minutes = Math.max(3, definition.sections.length * MINUTES_A_SECTION + (wanted.length > 0 ? 2 : 0));
  return (
    <>
      <section className="measure">
        <h2 className="text-std-24B-150 mb-4">{t(m.readyTitle)}</h2>
        {listed.length === 0 ? (
          <p>{t(g.noDocuments)}</p>
        ) : (
          <>
            <p className="mb-2">{t(wanted.length > 0 ? g.needDocuments : g.needDocumentsIfAny)}</p>
            <ul className="flex list-disc flex-col gap-2 pl-6">
              {listed.map((document) => (
                <li key={document.type}>{t(document.label)}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className="measure">
        <h2 className="text-std-24B-150 mb-4">{t(f.beginTime)}</h2>
        <p>{t(g.needTime, { minutes })}</p>
      </section>
    </>
  );
}
