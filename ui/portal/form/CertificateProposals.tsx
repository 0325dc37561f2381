import type { FileInfo } from '../../../api/contract/index.ts';
import { askedFields } from '../../../domain/procedures/fields.ts';
import { CertificateProposals as Proposals } from '../../certificate/Proposals.tsx';
import { useI18n } from '../../i18n/index.tsx';
import { answerNode } from './AnswerView.tsx';
import { useDraft } from './draft.tsx';

/** Values of an attached certificate in Excel's form, for the answers of the draft. */
export function CertificateProposals({ files }: { files: readonly FileInfo[] }) {
  const { language } = useI18n();
  const draft = useDraft();
  return (
    <Proposals
      files={files}
      fields={askedFields(draft.definition, draft.answers)}
      answers={draft.answers}
      show={(field, value) => answerNode(field, value, language)}
      onTake={(code, value) => {
        draft.setTyped({ ...draft.typed, [code]: value });
        void draft.save();
      }}
    />
  );
}
