import type { AnswerLayout } from './profile.ts';

/** One line of the ward's answer file. */
export interface AnswerLine {
  /** Its number in the file, from 1. */
  lineNumber: number;
  key: string;
  outcome: 'accepted' | 'rejected';
  /** In words, where the layout knows the code; empty where none was given. */
  reason: string;
}

/** A line that cannot be understood, with what to do. */
export interface AnswerFault {
  lineNumber: number;
  message: string;
}

export interface ReadAnswers {
  lines: readonly AnswerLine[];
  faults: readonly AnswerFault[];
}

/** The cells that the layout names. `undefined`: the line is too short. */
export interface AnswerCells {
  lineNumber: number;
  key: string | undefined;
  result: string | undefined;
  reason: string | undefined;
}

/** Judges the cells of an answer file by its layout. A key that comes twice with different results is a fault. */
export function readAnswers(rows: readonly AnswerCells[], layout: AnswerLayout): ReadAnswers {
  const lines = new Map<string, AnswerLine>();
  const faults: AnswerFault[] = [];
  for (const { lineNumber, key: rawKey, result: rawResult, reason: rawReason } of rows) {
    const key = keyOf(rawKey ?? '', layout);
    const result = (rawResult ?? '').trim();
    if (key === '') {
      faults.push({
        lineNumber,
        message: '受付番号（または行番号）がありません。様式の列の番号を確認してください。',
      });
      continue;
    }
    const outcome = layout.accepted.includes(result)
      ? 'accepted'
      : layout.rejected.includes(result)
        ? 'rejected'
        : undefined;
    if (outcome === undefined) {
      faults.push({ lineNumber, message: `結果「${result}」は、受入・却下のどちらの値でもありません。` });
      continue;
    }
    const known = lines.get(key);
    if (known && known.outcome !== outcome) {
      faults.push({ lineNumber, message: `${key} の結果が ${String(known.lineNumber)}行目と違います。` });
      continue;
    }
    const code = (rawReason ?? '').trim();
    const reason = layout.reasons.find((one) => one.code === code)?.text ?? code;
    lines.set(key, { lineNumber, key, outcome, reason });
  }
  return { lines: [...lines.values()], faults };
}

/** As the records are keyed: a number without leading zeros, a receipt number in capitals. */
function keyOf(raw: string, layout: AnswerLayout): string {
  const plain = raw.normalize('NFKC').trim();
  if (layout.key === 'line') return /^\d+$/u.test(plain) ? String(Number(plain)) : '';
  return plain.toUpperCase();
}
