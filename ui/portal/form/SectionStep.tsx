import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { CheckDraftResponse } from '../../../api/contract/index.ts';
import type { Section } from '../../../domain/procedures/definition.ts';
import { cleanAnswers, visibleFields } from '../../../domain/procedures/fields.ts';
import { Button, ErrorSummary, PageTitle } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { useDocumentTitle, useForm } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';
import { useFocusOnArrival } from './arrival.ts';
import { useDraft } from './draft.tsx';
import type { AnswerBinding } from './FieldControl.tsx';
import { hintKey, Hints } from './Hints.tsx';
import type { Hint } from './Hints.tsx';
import { NeedNotice } from './NeedNotice.tsx';
import type { Need } from './NeedNotice.tsx';
import { Questions } from './Questions.tsx';
import { StepFrame } from './StepFrame.tsx';
import { TakenNote } from './Taken.tsx';
import { CONFIRM_STEP, openSections, sectionErrors, stepAfter } from './steps.ts';
import type { Typed } from './steps.ts';

/** Longest wait for saving and the intake check before the person goes on; both go on behind. */
const PATIENCE = 4000;

/** One topic of the form. */
export function SectionStep({ section }: { section: Section }) {
  const { t, s, language } = useI18n();
  const draft = useDraft();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const backToCheck = search.get('from') === CONFIRM_STEP;
  const [hints, setHints] = useState<readonly Hint[]>([]);
  const [need, setNeed] = useState<Need | null>(null);
  const read = useRef(new Set<string>());
  const context = { today: draft.today, fiscalYears: draft.fiscalYears };

  const form = useForm<Typed>({
    initial: draft.typed,
    validate: (typed) => sectionErrors(draft.definition, section, typed, language, context),
    onSubmit: async (typed) => {
      draft.setTyped(typed);
      const [found] = await Promise.all([unread(), within(draft.save(section.id), false)]);
      if (found.hints.length > 0 || found.need) {
        for (const hint of found.hints) read.current.add(hintKey(hint));
        if (found.need) read.current.add(found.need.code);
        setHints(found.hints);
        setNeed(found.need);
        requestAnimationFrame(() => document.getElementById('hints')?.focus());
        return;
      }
      await navigate(target(typed));
    },
  });
  const answers = cleanAnswers(draft.definition, form.values);
  const title = s(section.title);
  useDocumentTitle(`${title}｜${s(draft.definition.name)}`, {
    hasErrors: form.summary.length > 0,
    errorWord: s(common.errorWord),
  });

  const { setTyped, save } = draft;
  const { values } = form;
  useEffect(() => setTyped(values), [values, setTyped]);
  useFocusOnArrival();

  /** What the check says about this page's answers and was not shown yet. Nothing, if it does not answer in time. */
  const unread = async (): Promise<{ hints: readonly Hint[]; need: Need | null }> => {
    const codes = new Set(section.fields.map((field) => field.code));
    const { childBirthDate, fiscalYear } = draft.definition.roles;
    // Why it cannot be filed for this child is said on the page that names child or year, not at the end of all questions.
    const asks = codes.has(childBirthDate) || codes.has(fiscalYear);
    const checking = draft.check(asks ? undefined : section.id);
    const checked = await within<CheckDraftResponse | undefined>(checking, undefined);
    const own = (checked?.hints ?? []).filter((hint) => codes.has(hint.field ?? ''));
    const refused = asks ? (checked?.need ?? null) : null;
    return {
      hints: own.filter((hint) => !read.current.has(hintKey(hint))),
      need: refused && read.current.has(refused.code) ? null : refused,
    };
  };
  const target = (typed: Typed): string => {
    const base = `/drafts/${draft.id}`;
    if (!backToCheck) {
      const next = stepAfter(draft.steps, section.id)?.id ?? CONFIRM_STEP;
      return next === CONFIRM_STEP ? draft.endPath : `${base}/${next}`;
    }
    // A changed answer may have brought new questions: those first, then back to the check.
    const open = openSections(draft.definition, typed, language, context)[0]?.section.id;
    return open === undefined ? draft.checkPath : `${base}/${open}?from=${CONFIRM_STEP}`;
  };
  const bind = (path: string): AnswerBinding => {
    const binding: AnswerBinding = form.field(path);
    return {
      ...binding,
      onBlur: () => {
        binding.onBlur();
        if (draft.unsaved()) void save();
      },
    };
  };

  return (
    <StepFrame step={section.id}>
      <ErrorSummary
        errors={form.summary.map((item) => ({ ...item, message: marked(item.message) }))}
        focusKey={form.failures}
      />
      <PageTitle {...(section.intro ? { lead: <p>{t(section.intro)}</p> } : {})}>
        {t(section.title)}
      </PageTitle>
      <TakenNote section={section} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <Questions
          fields={visibleFields(section, answers)}
          answers={answers}
          bind={bind}
          fiscalYears={draft.fiscalYears}
        />
        <div id="hints" tabIndex={-1}>
          {need && <NeedNotice need={need} />}
          <Hints hints={hints} announce>
            <p>{t(m.hintsStay)}</p>
          </Hints>
        </div>
        <div>
          <Button type="submit" size="lg" busy={form.submitting} className="w-full sm:w-auto">
            {t(common.next)}
          </Button>
        </div>
      </form>
    </StepFrame>
  );
}

/** The promise's value, or `otherwise` where it fails or takes too long. */
function within<T>(promise: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([
    promise.catch(() => otherwise),
    new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), PATIENCE)),
  ]);
}
