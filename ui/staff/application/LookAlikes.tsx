import type { StaffApplication } from '../../../api/contract/index.ts';
import type { Answers, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Disclosure, NotificationBanner, StatusTag, TextLink } from '../../components/index.ts';
import { cx, formatDateTime } from '../../lib/index.ts';
import { formatAnswer, sameAnswer } from '../answers/format.ts';
import { STAGE_TONES } from '../lib/looks.ts';
import { fieldIn, fieldLabel, useOpened } from './context.tsx';

type LookAlike = StaffApplication['lookAlikes'][number];

/** The fields by which two applications are told apart, as the procedure names them. */
function comparedFields({ roles }: ProcedureDefinition): readonly string[] {
  return [
    roles.childFamilyName,
    roles.childGivenName,
    roles.childFamilyKana,
    roles.childGivenKana,
    roles.childBirthDate,
    roles.bop,
    roles.fiscalYear,
    roles.applicantFamilyName,
    roles.applicantGivenName,
    roles.applicantFamilyKana,
    roles.applicantGivenKana,
    roles.phone,
    roles.email,
    roles.postalCode,
    ...(roles.address ?? []),
  ].filter((code) => code !== undefined);
}

/** Possible duplicates beside this application, differences marked. Nothing is blocked by them. */
export function LookAlikes() {
  const { application, procedure } = useOpened();
  const { lookAlikes, answers } = application;
  if (lookAlikes.length === 0) return null;
  return (
    <NotificationBanner tone="warning" title={`似ている申請が${lookAlikes.length}件あります`}>
      <p>同じお子さんの二重申請か、きょうだい・双子などの別の申請かを確認してください。</p>
      {lookAlikes.map((other) => (
        <Disclosure
          key={other.applicationId}
          summary={`${other.receiptNumber} と比べる（${other.reasons.join('、')}）`}
        >
          <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
            <StatusTag tone={STAGE_TONES[other.stage]}>{STAGE_LABELS[other.stage]}</StatusTag>
            <span>受付 {formatDateTime(other.receivedAt)}</span>
            <TextLink to={`/staff/applications/${other.applicationId}`} newTab>
              {other.receiptNumber} を開く
            </TextLink>
          </p>
          {procedure && answers && other.answers ? (
            <Comparison procedure={procedure} own={answers} other={other} otherAnswers={other.answers} />
          ) : (
            <p>内容を表示できません（閲覧できる範囲の外か、一時的に読み込めません）。</p>
          )}
        </Disclosure>
      ))}
    </NotificationBanner>
  );
}

function Comparison({
  procedure,
  own,
  other,
  otherAnswers,
}: {
  procedure: ProcedureDefinition;
  own: Answers;
  other: LookAlike;
  otherAnswers: Answers;
}) {
  const words = (code: string, answers: Answers) => {
    const field = fieldIn(procedure, code);
    return (field && formatAnswer(field, answers[code])) || '入力なし';
  };
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={`${other.receiptNumber}との比較`}>
      <table className="text-dns-16N-130 w-full border-collapse text-left">
        <caption className="sr-only">この申請と{other.receiptNumber}の比較</caption>
        <thead>
          <tr className="border-b-2 border-solid-gray-800">
            <th scope="col" className="px-2 py-1">
              項目
            </th>
            <th scope="col" className="px-2 py-1">
              この申請
            </th>
            <th scope="col" className="px-2 py-1">
              {other.receiptNumber}
            </th>
            <th scope="col" className="px-2 py-1">
              比較
            </th>
          </tr>
        </thead>
        <tbody>
          {comparedFields(procedure).map((code) => {
            const same = sameAnswer(own[code], otherAnswers[code]);
            return (
              <tr key={code} className={cx('border-b border-solid-gray-300', !same && 'bg-yellow-50')}>
                <th scope="row" className="px-2 py-1 font-normal text-solid-gray-700">
                  {fieldLabel(procedure, code)}
                </th>
                <td className="px-2 py-1">{words(code, own)}</td>
                <td className="px-2 py-1">{words(code, otherAnswers)}</td>
                <td className="px-2 py-1 whitespace-nowrap">{same ? '同じ' : <b>異なる</b>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
