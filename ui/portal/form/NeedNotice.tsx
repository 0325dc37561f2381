import type { CheckDraftResponse } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { NotificationBanner, TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { form as m } from '../texts/form.ts';

/** Why this cannot be filed for the child as things stand, and what to use instead. */
export function NeedNotice({ need }: { need: NonNullable<CheckDraftResponse['need']> }) {
  const { t } = useI18n();
  const instead = need.instead === null ? undefined : procedureOf(need.instead);
  return (
    <NotificationBanner tone="warning" title={t(m.needTitle)} className="measure mb-8" announce>
      <p>{t(need.message)}</p>
      {instead && (
        <p>
          <TextLink to={`/apply/${instead.code}`}>{t(m.needInstead, { name: t(instead.name) })}</TextLink>
        </p>
      )}
    </NotificationBanner>
  );
}
