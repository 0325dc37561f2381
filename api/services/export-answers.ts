import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { readAnswers, type AnswerCells } from '../../domain/exports/answers.ts';
import type { AnswerLayout, Span } from '../../domain/exports/profile.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import { saveAnswers } from '../../store/export-results.ts';
import type { ExportRun } from '../../store/exports.ts';
import { settingEdition } from '../../store/settings.ts';
import type { ImportAnswersResponse } from '../contract/exports.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';
import { assertMay } from './export-runs.ts';

/** Reads the ward's answer file by the layout of the run's profile and writes its results to the records. */
export async function importAnswers(
  deps: ApiDeps,
  run: ExportRun,
  reader: StaffActor,
  bytes: Buffer,
): Promise<ImportAnswersResponse> {
  assertMay('importAnswers', run, reader);
  if (bytes.length === 0) throw new ProblemError('fileEmpty');
  const profiles = await settingEdition(deps.db, 'exportProfiles', run.profileVersion);
  const layout = profiles.find((one) => one.id === run.profileId)?.answers;
  if (!layout) throw new ProblemError('exportMovedOn');
  const { lines, faults } = readAnswers(cellsOf(bytes, layout), layout);
  // Nothing at all that fits: another file, or another layout. Nothing is written then.
  if (lines.length === 0) {
    throw new ProblemError('answerFile', {
      detail: '結果を1件も読み取れません。ファイルと、様式の「回答ファイル」の設定を確認してください。',
      errors: faults
        .slice(0, 20)
        .map(({ lineNumber, message }) => ({ path: `line.${String(lineNumber)}`, message })),
    });
  }
  const { accepted, rejected, unknown } = await saveAnswers(deps.db, deps.keyring, {
    runId: run.id,
    key: layout.key,
    lines,
    faults: faults.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    by: reader.id,
    now: deps.now(),
  });
  const strangers = unknown.map(({ lineNumber, key }) => ({
    lineNumber,
    message: `「${key}」は、この出力に含まれていません。別の出力の回答でないか確認してください。`,
  }));
  const all = [...faults, ...strangers].sort((a, b) => a.lineNumber - b.lineNumber);
  return { accepted, rejected, faults: all.slice(0, 1000) };
}

/** The cells that the layout names, line by line. Bytes that are no text of the encoding are refused, never guessed. */
export function cellsOf(bytes: Buffer, layout: AnswerLayout): readonly AnswerCells[] {
  const { layout: form } = layout;
  if (form.kind === 'delimited') {
    const rows = table(decoded(bytes, layout), form.delimiter);
    return rows.slice(layout.skipLines).flatMap((row, index) => {
      if (row.every((cell) => cell.trim() === '')) return [];
      return {
        lineNumber: index + layout.skipLines + 1,
        key: row[form.keyColumn - 1],
        result: row[form.resultColumn - 1],
        reason: form.reasonColumn === null ? '' : row[form.reasonColumn - 1],
      };
    });
  }
  return linesOf(bytes)
    .slice(layout.skipLines)
    .flatMap((line, index) => {
      if (line.length === 0) return [];
      const cut = ({ from, length }: Span) =>
        line.length < from ? undefined : decoded(line.subarray(from - 1, from - 1 + length), layout).trim();
      return {
        lineNumber: index + layout.skipLines + 1,
        key: cut(form.key),
        result: cut(form.result),
        reason: form.reason === null ? '' : (cut(form.reason) ?? ''),
      };
    });
}

function table(text: string, delimiter: string): readonly string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    throw new ProblemError('answerFile', {
      cause: error,
      detail:
        '区切りや引用符が正しくないため、読み取れません。様式の「回答ファイル」の設定を確認してください。',
    });
  }
}

function decoded(bytes: Uint8Array, { encoding }: AnswerLayout): string {
  try {
    return new TextDecoder(encoding === 'cp932' ? 'shift_jis' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ProblemError('answerFile', {
      cause: error,
      detail: '文字コードが様式の設定と違います。様式の「回答ファイル」の文字コードを確認してください。',
    });
  }
}

function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== 0x0a) continue;
    const end = at > from && bytes[at - 1] === 0x0d ? at - 1 : at;
    lines.push(bytes.subarray(from, end));
    from = at + 1;
  }
  return lines;
}
