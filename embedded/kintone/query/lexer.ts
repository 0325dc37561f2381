/** The words of kintone's query language. Strings are double-quoted only; U+3000 is a space outside of them. */
import type { KintoneError } from '../errors.ts';
import { invalid, texts } from '../errors.ts';
import { sure } from '../sure.ts';

export interface Token {
  kind: 'word' | 'string' | 'number' | 'operator' | 'punctuation' | 'end';
  text: string;
  at: number;
}

/** The refusal of a query that cannot be read. */
export function syntaxError(): KintoneError {
  return invalid('query', texts.badQuery);
}

const SPACE = /[ \t\r\n\u3000]/;
const OPERATOR = /^(?:!=|>=|<=|=|>|<)/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?![^\s\u3000(),=<>!"])/;
const WORD = /^[^\s\u3000(),=<>!"']+/;
const ESCAPES: Record<string, string> = { '"': '"', '\\': '\\', t: '\t', n: '\n', r: '\r' };

/** Splits a query into its words. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const char = sure(query[at]);
    if (SPACE.test(char)) {
      at += 1;
      continue;
    }
    const rest = query.slice(at);
    if (char === '"') {
      const { text, length } = readString(rest);
      tokens.push({ kind: 'string', text, at });
      at += length;
      continue;
    }
    const [kind, text] = nextWord(rest, char);
    tokens.push({ kind, text, at });
    at += text.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

function nextWord(rest: string, char: string): [Token['kind'], string] {
  if ('(),'.includes(char)) return ['punctuation', char];
  const operator = OPERATOR.exec(rest);
  if (operator) return ['operator', operator[0]];
  const number = NUMBER.exec(rest);
  if (number) return ['number', number[0]];
  const word = WORD.exec(rest);
  if (word) return ['word', word[0]];
  throw syntaxError();
}

function readString(rest: string): { text: string; length: number } {
  let text = '';
  for (let i = 1; i < rest.length; i += 1) {
    const char = sure(rest[i]);
    if (char === '"') return { text, length: i + 1 };
    if (char === '\t' || char === '\n' || char === '\r') throw syntaxError();
    if (char === '\\') {
      i += 1;
      const escaped = ESCAPES[rest[i] ?? ''];
      if (escaped === undefined) throw syntaxError();
      text += escaped;
    } else text += char;
  }
  throw syntaxError();
}
