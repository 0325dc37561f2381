import type { CheckPaperResponse } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Disclosure, NotificationBanner, TextLink } from '../../components/index.ts';
import { formatDate } from '../../lib/index.ts';

/** What the server sees in what has been typed: the same application, others that look like it, the round. */
export function Found({ found }: { found: CheckPaperResponse }) {
  const { existing, lookAlikes, round, missingDocuments, need } = found;
  const instead = procedureOf(need?.instead ?? '');
  const duplicates = lookAlikes.filter((one) => one.kind === 'duplicate');
  const family = lookAlikes.filter((one) => one.kind === 'family');
  return (
    <div className="flex flex-col gap-3">
      {existing && (
        <NotificationBanner tone="error" title="同じお子さんの同じ申請を、すでに受け付けています" announce>
          <p>
            受付番号
            <TextLink href={`/staff/applications/${existing.applicationId}`} newTab>
              {existing.receiptNumber}
            </TextLink>
            （{formatDate(existing.receivedOn)}受付・{STAGE_LABELS[existing.stage]}
            ）と重複するため、登録できません。内容を比べ、重複であれば「入力を取りやめる」を押してください。
          </p>
        </NotificationBanner>
      )}
      {need && (
        <NotificationBanner tone="warning" title="在籍・ほかの申請との関係を確認してください" announce>
          <p>{need.message}</p>
          <p>
            このまま登録できます（審査の担当者にも表示されます）。氏名・生年月日・年度に入力の誤りがないか、申請書と見比べてください。
            {instead && `本来の手続きは「${instead.name.ja}」です。`}
          </p>
        </NotificationBanner>
      )}
      {duplicates.length > 0 && (
        <NotificationBanner tone="warning" title={`よく似た申請：${duplicates.length}件`} announce>
          <LookAlikes list={duplicates} />
        </NotificationBanner>
      )}
      {family.length > 0 && (
        <Disclosure summary={`きょうだいなど、関係がありそうな申請：${family.length}件`}>
          <LookAlikes list={family} />
        </Disclosure>
      )}
      {round?.outside === true && (
        <NotificationBanner tone="info" title="受領日は受付期間外です">
          <p>「{round.label}」の申請として登録します。扱いに迷う場合は、登録した後に区へ照会してください。</p>
        </NotificationBanner>
      )}
      {missingDocuments.length > 0 && (
        <Disclosure summary={`この回答に必要で、まだない書類：${missingDocuments.length}件`}>
          <ul className="list-disc pl-5">
            {missingDocuments.map((one) => (
              <li key={one.type}>{one.label.ja}</li>
            ))}
          </ul>
          <p>紙に添付されていなければ、このまま登録できます（審査で不備として扱います）。</p>
        </Disclosure>
      )}
    </div>
  );
}

function LookAlikes({ list }: { list: CheckPaperResponse['lookAlikes'] }) {
  return (
    <ul className="flex flex-col">
      {list.map((one) => {
        const to =
          one.applicationId === null
            ? `/staff/paper/${one.paperId ?? ''}`
            : `/staff/applications/${one.applicationId}`;
        return (
          <li key={to} className="border-t border-solid-gray-300 py-1 first:border-t-0">
            <TextLink href={to} newTab className="font-mono">
              {one.number}
            </TextLink>
            {one.applicationId === null && '（入力中の紙の申請）'}　{one.childName}
            {one.birthDate !== '' && `（${formatDate(one.birthDate)}生）`}
            <span className="text-dns-14N-130 block text-solid-gray-700">{one.reasons.join('、')}</span>
          </li>
        );
      })}
    </ul>
  );
}
