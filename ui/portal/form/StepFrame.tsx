import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { BackLink, Button } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { form as m } from '../texts/form.ts';
import { useDraft } from './draft.tsx';
import { Progress } from './Progress.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import { stepBefore, stepsToGo } from './steps.ts';

/** What stands around every step: back link, progress, the state of the draft, a way to stop. */
export function StepFrame({ step, children }: { step: string; children: ReactNode }) {
  const { t } = useI18n();
  const draft = useDraft();
  const navigate = useNavigate();
  const before = stepBefore(draft.steps, step);
  const toGo = stepsToGo(draft.steps);
  const index = toGo.findIndex((one) => one.id === step);
  const start = draft.batchId === null ? '/applications' : draft.endPath;
  return (
    <>
      <BackLink to={before ? `/drafts/${draft.id}/${before.id}` : start} />
      {index >= 0 && <Progress current={index + 1} total={toGo.length} label={t(draft.definition.name)} />}
      {children}
      <div className="measure mt-8 flex flex-col items-start gap-2 border-t border-solid-gray-300 pt-4">
        <SaveStatus state={draft.saveState} onRetry={draft.retrySave} />
        <Button
          variant="text"
          size="sm"
          className="-ml-3"
          onClick={() => {
            void draft.save(step).then(() => navigate(start));
          }}
        >
          {t(m.later)}
        </Button>
      </div>
    </>
  );
}
