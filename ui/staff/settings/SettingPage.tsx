import { useState } from 'react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { WardSettingCode } from '../../../api/contract/index.ts';
import { isCriteria, wardSettingLabel, WARD_SETTINGS } from '../../../domain/settings/ward.ts';
import { BackLink, LoadError, Loading, Main, NotificationBanner, PageTitle } from '../../components/index.ts';
import { formatDate, useDocumentTitle } from '../../lib/index.ts';
import { Component as NotFound } from '../NotFoundPage.tsx';
import { CalendarSetting } from './CalendarSetting.tsx';
import { CriteriaSetting } from './CriteriaSetting.tsx';
import { DeadlinesSetting } from './Deadlines.tsx';
import { FeesSetting } from './Fees.tsx';
import { LetterSetting } from './Letter.tsx';
import { MailSetting } from './Mail.tsx';
import { OfficeSetting } from './OfficeSetting.tsx';
import { settingPage, useSetting, type SettingOf, type SettingProps } from './queries.ts';
import { WindowSetting } from './Window.tsx';
import { YearChangeSetting } from './YearChange.tsx';

/** One setting: what holds, what comes, what was; changed by the ward, looked at by leaders. */
export function Component() {
  const { key = '' } = useParams();
  const known = WARD_SETTINGS.find((one) => settingPage(one) === `/settings/${key}`);
  if (known !== undefined && isCriteria(known)) {
    return (
      <Page key={known} settingCode={known}>
        {(props) => <CriteriaSetting settingCode={known} {...props} />}
      </Page>
    );
  }
  switch (known) {
    case 'calendar':
      return <Page settingCode="calendar">{(props) => <CalendarSetting {...props} />}</Page>;
    case 'fees':
      return <Page settingCode="fees">{(props) => <FeesSetting {...props} />}</Page>;
    case 'yearChange':
      return <Page settingCode="yearChange">{(props) => <YearChangeSetting {...props} />}</Page>;
    case 'envelopeWindow':
      return <Page settingCode="envelopeWindow">{(props) => <WindowSetting {...props} />}</Page>;
    case 'office':
      return <Page settingCode="office">{(props) => <OfficeSetting {...props} />}</Page>;
    case 'deadlines':
      return <Page settingCode="deadlines">{(props) => <DeadlinesSetting {...props} />}</Page>;
    case 'letter.deficiency':
      return <Page settingCode="letter.deficiency">{(props) => <LetterSetting {...props} />}</Page>;
    case 'mail':
      return <Page settingCode="mail">{(props) => <MailSetting {...props} />}</Page>;
    case undefined:
      return <NotFound />;
  }
}

function Page<K extends WardSettingCode>({
  settingCode,
  children,
}: {
  settingCode: K;
  children: (props: SettingProps<K>) => ReactNode;
}) {
  const label = wardSettingLabel(settingCode);
  useDocumentTitle(`${label}｜区の設定`);
  const query = useSetting(settingCode);
  // The edition that one starts from, until a newer one has been saved.
  const [base, setBase] = useState<{ version: number; newest: number }>();
  const newest = query.data?.version;
  const edition =
    base?.newest === newest ? query.data?.editions.find((one) => one.version === base?.version) : undefined;
  return (
    <Main wide>
      <BackLink to="/settings">区の設定</BackLink>
      <PageTitle>{label}</PageTitle>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <Standing setting={query.data} />
          {children({
            setting: edition ? { ...query.data, value: edition.value } : query.data,
            from: edition?.validFrom ?? undefined,
            onTake: (version) => {
              if (newest !== undefined) setBase({ version, newest });
              document.getElementById('main')?.scrollIntoView();
            },
            formKey: `${String(query.data.version)}/${String(edition?.version ?? '')}`,
          })}
        </>
      )}
    </Main>
  );
}

function Standing({ setting }: { setting: SettingOf<WardSettingCode> }) {
  const inForce = setting.editions.find(({ standing }) => standing === 'inForce');
  const coming = setting.editions
    .filter(({ standing }) => standing === 'coming')
    .toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1));
  return (
    <>
      {inForce?.isDefault === true && (
        <NotificationBanner tone="warning" title="既定値です" className="mb-6">
          <p>公表されている内容と仮の値です。区の定めに置き換えてください。</p>
        </NotificationBanner>
      )}
      {coming.map(({ version, validFrom }) => (
        <NotificationBanner
          key={version}
          tone="info"
          title={`${validFrom === null ? '' : formatDate(validFrom, { era: true })}から、第${String(version)}版に変わります`}
          className="mb-6"
        >
          <p>
            下の欄は、いま適用されている内容です。これから適用する内容を直すときは、変更の履歴の「この内容から直す」を押してください。
          </p>
        </NotificationBanner>
      ))}
    </>
  );
}
