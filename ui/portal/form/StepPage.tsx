import { Navigate, useParams } from 'react-router';
import { CheckStep } from './CheckStep.tsx';
import { DocumentsStep } from './DocumentsStep.tsx';
import { useDraft } from './draft.tsx';
import { SectionStep } from './SectionStep.tsx';
import { CONFIRM_STEP, DOCUMENTS_STEP, stepsToGo } from './steps.ts';

/** One page of the form. A step that the answers do not lead to (an old bookmark) goes to the first. */
export function Component() {
  const { step: id } = useParams();
  const { steps, id: draftId, batchId, endPath } = useDraft();
  const step = steps.find((one) => one.id === id);
  if (!step) {
    const first = stepsToGo(steps)[0]?.id ?? CONFIRM_STEP;
    return <Navigate to={`/drafts/${draftId}/${first}`} replace />;
  }
  if (step.id === DOCUMENTS_STEP) return <DocumentsStep />;
  // What is filed together is looked over together.
  if (step.id === CONFIRM_STEP) return batchId === null ? <CheckStep /> : <Navigate to={endPath} replace />;
  return step.section ? <SectionStep key={step.id} section={step.section} /> : null;
}
