import { useCallback, useMemo, useRef, useState } from 'react';
import { fieldId, getPath, setPath } from './form-path.ts';
import type { PathValue } from './form-path.ts';
import { ApiProblem } from './problem.ts';

/** Messages by field path. Empty means all is well. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What a form control takes: spread it (`<TextField {...form.field('name')} label=… />`). */
export interface Binding<V> {
  readonly id: string;
  readonly name: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
}

/** One line of the error summary. `fieldId` is where its link goes. */
export interface SummaryItem {
  readonly fieldId?: string | undefined;
  readonly message: string;
}

export interface FormOptions<T> {
  readonly initial: T;
  /** Errors by path, first fields first. Runs at submit, then on every change and blur until all is well. */
  readonly validate?: (values: T) => FieldErrors;
  /** Called with valid values. A thrown ApiProblem is shown in the summary and at its fields. */
  readonly onSubmit?: (values: T) => unknown;
  /** Maps a path in the server's answer to one of this form; undefined keeps the error in the summary only. */
  readonly mapServerPath?: (path: string) => string | undefined;
  /** Keeps the ids of several forms on one page apart. */
  readonly idPrefix?: string;
}

export interface Form<T> {
  readonly values: T;
  readonly setValues: (values: T) => void;
  readonly setValue: (path: string, value: unknown) => void;
  readonly field: <P extends string>(path: P) => Binding<PathValue<T, P>>;
  readonly errors: FieldErrors;
  /** For `<ErrorSummary>`: in the order of the fields on the page. */
  readonly summary: readonly SummaryItem[];
  /** Grows with every failed submit; makes the summary take the focus. */
  readonly failures: number;
  readonly dirty: boolean;
  readonly touched: ReadonlySet<string>;
  readonly submitting: boolean;
  readonly submit: (event?: { preventDefault: () => void }) => Promise<boolean>;
  /** Shows the errors of a problem as if submit had thrown it. */
  readonly applyProblem: (error: unknown) => void;
  /** Takes the present values (or those given) as saved: not dirty any more, errors gone. */
  readonly reset: (values?: T) => void;
}

interface Failure {
  readonly order: readonly string[];
  readonly general: readonly string[];
  readonly server: FieldErrors;
}

const NO_FAILURE: Failure = { order: [], general: [], server: {} };

/**
 * State of one form: values, what was touched, errors found here and by the server, focus on what is wrong.
 * Errors appear at submit (not while a person is still typing) and go away as they are put right.
 */
export function useForm<T>(options: FormOptions<T>): Form<T> {
  const { validate, onSubmit, mapServerPath, idPrefix } = options;
  const [initial, setInitial] = useState(options.initial);
  const [values, setAllValues] = useState(options.initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure>(NO_FAILURE);
  const [checked, setChecked] = useState(false);
  const [failures, setFailures] = useState(0);
  const [submitting, setSubmitting] = useState(false);
  const running = useRef(false);

  const errors = useMemo<FieldErrors>(() => {
    const found = checked && validate ? validate(values) : {};
    return { ...failure.server, ...found };
  }, [checked, validate, values, failure.server]);

  const setValue = useCallback((path: string, value: unknown) => {
    setAllValues((before) => setPath(before, path, value));
    setFailure((before) => {
      // What the server said of a part goes with the whole.
      const kept = Object.entries(before.server).filter(
        ([name]) => name !== path && !name.startsWith(`${path}.`),
      );
      return kept.length === Object.keys(before.server).length
        ? before
        : { ...before, server: Object.fromEntries(kept) };
    });
  }, []);

  const field = useCallback(
    <P extends string>(path: P): Binding<PathValue<T, P>> => ({
      id: fieldId(path, idPrefix),
      name: path,
      value: getPath(values, path) as PathValue<T, P>,
      onChange: (value) => setValue(path, value),
      onBlur: () => setTouched((before) => (before.has(path) ? before : new Set(before).add(path))),
      error: errors[path],
    }),
    [values, errors, setValue, idPrefix],
  );

  const fail = useCallback(
    (found: FieldErrors, general: readonly string[], server: FieldErrors) => {
      setChecked(true);
      setFailure({ order: inPageOrder(Object.keys({ ...found, ...server }), idPrefix), general, server });
      setFailures((count) => count + 1);
    },
    [idPrefix],
  );

  const applyProblem = useCallback(
    (error: unknown) => {
      const { general, server } = splitProblem(error, mapServerPath);
      fail({}, general, server);
    },
    [fail, mapServerPath],
  );

  const submit = useCallback(
    async (event?: { preventDefault: () => void }) => {
      event?.preventDefault();
      if (running.current) return false;
      const found = validate?.(values) ?? {};
      if (Object.keys(found).length > 0) {
        fail(found, [], {});
        return false;
      }
      running.current = true;
      setSubmitting(true);
      setFailure(NO_FAILURE);
      try {
        await onSubmit?.(values);
        setChecked(false);
        return true;
      } catch (error) {
        applyProblem(error);
        return false;
      } finally {
        running.current = false;
        setSubmitting(false);
      }
    },
    [validate, values, onSubmit, fail, applyProblem],
  );

  const summary = useMemo<SummaryItem[]>(() => {
    if (!checked) return [];
    const paths = Object.keys(errors);
    const ordered = [
      ...failure.order.filter((path) => path in errors),
      ...paths.filter((p) => !failure.order.includes(p)),
    ];
    return [
      ...failure.general.map((message) => ({ message })),
      ...ordered.map((path) => ({ fieldId: fieldId(path, idPrefix), message: errors[path] ?? '' })),
    ];
  }, [checked, errors, failure, idPrefix]);

  const reset = useCallback(
    (next?: T) => {
      const saved = next ?? values;
      setInitial(saved);
      setAllValues(saved);
      setTouched(new Set());
      setFailure(NO_FAILURE);
      setChecked(false);
    },
    [values],
  );

  const dirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(initial), [values, initial]);

  return {
    values,
    setValues: setAllValues,
    setValue,
    field,
    errors,
    summary,
    failures,
    dirty,
    touched,
    submitting,
    submit,
    applyProblem,
    reset,
  };
}

/** Parts a problem into errors at fields and sentences for the summary. */
export function splitProblem(
  error: unknown,
  mapServerPath: ((path: string) => string | undefined) | undefined,
): { general: string[]; server: Record<string, string> } {
  if (!(error instanceof ApiProblem)) {
    return { general: ['処理できませんでした。しばらくしてから、もう一度お試しください。'], server: {} };
  }
  const server: Record<string, string> = {};
  const general: string[] = [];
  for (const { path, message } of error.errors) {
    const own = mapServerPath ? mapServerPath(path) : path;
    if (own === undefined || own === '') general.push(message);
    else server[own] ??= message;
  }
  if (error.errors.length === 0) general.push(error.message);
  return { general, server };
}

/** Sorts field paths as their fields stand on the page; those not on the page come last. */
function inPageOrder(paths: readonly string[], idPrefix: string | undefined): string[] {
  const placed = paths.map((path) => ({ path, element: document.getElementById(fieldId(path, idPrefix)) }));
  placed.sort((a, b) => {
    if (!a.element || !b.element) return Number(!a.element) - Number(!b.element);
    return a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
  return placed.map(({ path }) => path);
}
