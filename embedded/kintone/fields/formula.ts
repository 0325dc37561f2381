/** kintone's formulas: reading them into a tree. */
import { sure } from '../sure.ts';

export type Formula =
  | { kind: 'number'; value: string }
  | { kind: 'text'; value: string }
  | { kind: 'field'; code: string }
  | { kind: 'call'; name: string; args: Formula[] }
  | { kind: 'binary'; operator: string; left: Formula; right: Formula }
  | { kind: 'negative'; of: Formula };

/** A formula that cannot be read; `text` says why. */
export class FormulaError extends Error {
  readonly text: { ja: string; en: string };

  constructor(ja: string, en: string) {
    super(en);
    this.text = { ja, en };
  }
}

export const FUNCTION_NAMES: ReadonlySet<string> = new Set([
  'SUM',
  'IF',
  'AND',
  'OR',
  'NOT',
  'ROUND',
  'ROUNDUP',
  'ROUNDDOWN',
  'CONTAINS',
  'YEN',
  'DATE_FORMAT',
]);

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|(<=|>=|<>|!=|[-+*/^&=<>(),])|([^\s"+\-*/^&=<>!(),]+))/uy;
/** Weakest first. All but ^ group to the left. */
const LEVELS = [['=', '!=', '<>', '<', '>', '<=', '>='], ['&'], ['+', '-'], ['*', '/'], ['^']];

type Token = { kind: 'number' | 'text' | 'symbol' | 'word'; text: string };

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = source.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new FormulaError('計算式の文法が正しくありません。', 'The syntax is incorrect.');
    const [, number, string, symbol, word] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (string !== undefined) tokens.push({ kind: 'text', text: string.replace(/\\(.)/g, '$1') });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

/** Reads a formula; throws {@link FormulaError}. A leading `=` is allowed. */
export function parseFormula(source: string): Formula {
  const tokens = tokenize(source.trim().replace(/^=/, ''));
  let at = 0;
  const wrong = (): FormulaError =>
    new FormulaError('計算式の文法が正しくありません。', 'The syntax is incorrect.');
  const isSymbol = (text: string): boolean => tokens[at]?.kind === 'symbol' && tokens[at]?.text === text;
  const expect = (text: string): void => {
    if (!isSymbol(text)) throw wrong();
    at += 1;
  };

  const level = (n: number): Formula => {
    if (n === LEVELS.length) return primary();
    let left = level(n + 1);
    while (tokens[at]?.kind === 'symbol' && sure(LEVELS[n]).includes(sure(tokens[at]).text)) {
      const operator = sure(tokens[at]).text;
      at += 1;
      left = { kind: 'binary', operator, left, right: level(n + 1) };
    }
    return left;
  };

  const primary = (): Formula => {
    const token = tokens[at];
    if (!token) throw wrong();
    at += 1;
    if (token.kind === 'number') return { kind: 'number', value: token.text };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'word') return isSymbol('(') ? call(token.text) : { kind: 'field', code: token.text };
    if (token.text === '-') return { kind: 'negative', of: primary() };
    if (token.text === '+') return primary();
    if (token.text !== '(') throw wrong();
    const inner = level(0);
    expect(')');
    return inner;
  };

  const call = (name: string): Formula => {
    if (!FUNCTION_NAMES.has(name.toUpperCase())) {
      throw new FormulaError(`${name}関数は使用できません。`, `The function ${name} cannot be used.`);
    }
    expect('(');
    const args: Formula[] = [];
    while (!isSymbol(')')) {
      if (args.length > 0) expect(',');
      args.push(level(0));
    }
    expect(')');
    return { kind: 'call', name: name.toUpperCase(), args };
  };

  const formula = level(0);
  if (at !== tokens.length) throw wrong();
  return formula;
}

/** The codes of the fields a formula uses. */
export function fieldsOf(formula: Formula): string[] {
  switch (formula.kind) {
    case 'field':
      return [formula.code];
    case 'call':
      return formula.args.flatMap(fieldsOf);
    case 'binary':
      return [...fieldsOf(formula.left), ...fieldsOf(formula.right)];
    case 'negative':
      return fieldsOf(formula.of);
    default:
      return [];
  }
}
