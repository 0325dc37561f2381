import { officeWords } from '../../../domain/texts/office.ts';
import { TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { Written } from '../reading/Written.tsx';
import { common } from '../texts/common.ts';
import { start as m } from '../texts/start.ts';
import { useOffice } from './queries.ts';

/** Whom to ask, as the ward has set it; until that is there, the hours of the contract. */
export function Office({ full = false }: { full?: boolean }) {
  const { t } = useI18n();
  const { data } = useOffice();
  if (!data) {
    return (
      <>
        <p className="font-bold">{t(common.officeName)}</p>
        <p>{t(common.officeHours)}</p>
      </>
    );
  }
  return (
    <>
      <p className="font-bold">
        <Words field="name" written={data.name} />
      </p>
      <p>
        {t(m.officePhone, {
          phone: (
            <TextLink
              href={`tel:${data.phone.replaceAll(/[^\d+]/gu, '')}`}
              className="inline-flex min-h-11 items-center"
            >
              {data.phone}
            </TextLink>
          ),
        })}
      </p>
      <p>{t(m.officeAt, { hours: <Words field="hours" written={data.hours} /> })}</p>
      {full && (
        <p>{t(m.officeAddress, { code: data.postalCode, address: <Written text={data.address} /> })}</p>
      )}
      <p>{t(m.anyTime)}</p>
    </>
  );
}

/** The usual words in the person's language; the ward's own as it wrote them. */
function Words({ field, written }: { field: 'name' | 'hours'; written: string }) {
  const { t } = useI18n();
  const words = officeWords(field, written);
  return words.en === undefined ? <Written text={written} /> : t(words);
}
