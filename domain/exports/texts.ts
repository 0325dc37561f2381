import { codePointsOf, type ExportNote, type ExportProblem } from './write.ts';

/** A problem in words: what is wrong, and what to do about it. */
export function problemText(problem: ExportProblem): string {
  switch (problem.kind) {
    case 'character':
      return `「${problem.character}」（${problem.codePoints}）は、この文字コードにありません。置換表に登録するか、様式の文字コードを変えてください。`;
    case 'tooLong':
      return `長さ ${String(problem.length)} が、幅 ${String(problem.width)} を超えています。幅を広げるか、「はみ出す分を切る」にしてください。`;
    case 'empty':
      return '必須の項目が空です。申請の内容を補正するか、様式で必須を外してください。';
    case 'noData':
      return 'kintone に申請の内容がありません。kintone の記録が消されていないか確認してください。';
    case 'unknownCode':
      return `「${problem.value}」がコード表にありません。コード表に加えてください。`;
    case 'notADate':
      return '日付ではないか、元号で表せない日付です。項目と書式を確認してください。';
    case 'notANumber':
      return '数字ではありません。項目と書式を確認してください。';
    case 'lineBreak':
      return '改行が含まれています。様式で「空白にする」を選ぶか、申請の内容を補正してください。';
    case 'delimiter':
      return '区切り文字か引用符が含まれています。引用符で囲む様式にしてください。';
  }
}

/** A change made on the way out, in words, for the protocol. */
export function noteText(note: ExportNote): string {
  // With code points: signs that are replaced often look the same.
  if (note.kind === 'replaced') {
    const to = note.to === '' ? '（なし）' : `「${note.to}」（${codePointsOf(note.to)}）`;
    return `「${note.from}」（${codePointsOf(note.from)}）を${to}に置き換えました`;
  }
  return `幅に収まらないため切りました（残った部分「${note.left}」）`;
}
