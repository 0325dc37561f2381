import type { CheckDraftResponse } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { NotificationBanner, TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { form as m } from '../texts/form.ts';

export type Need = NonNullable<CheckDraftResponse['need']>;

/** Why this cannot be filed for the child as things stand, what may be mistaken, and what to use instead. */
export function NeedNotice({
  need,
  changeTo,
  id,
}: {
  need: Need;
  /** Where an answer can be changed; undefined where this form does not ask for it. */
  changeTo?: (field: string) => string | undefined;
  id?: string;
}) {
  const { t } = useI18n();
  const [field] = need.fields;
  const change = field === undefined ? undefined : changeTo?.(field);
  const instead = need.instead === null ? undefined : procedureOf(need.instead);
  return (
    <div id={id} tabIndex={id === undefined ? undefined : -1} className="measure mb-8">
      <NotificationBanner tone="warning" title={t(m.needTitle)} announce>
        <p>{t(need.message)}</p>
        {change !== undefined && (
          <p>
            <TextLink to={change}>{t(m.needChange)}</TextLink>
          </p>
        )}
        {instead && (
          <p>
            <TextLink to={`/apply/${instead.code}`}>{t(m.needInstead, { name: t(instead.name) })}</TextLink>
          </p>
        )}
      </NotificationBanner>
    </div>
  );
}
