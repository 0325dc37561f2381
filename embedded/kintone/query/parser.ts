/** Reads kintone's query language: `cond (and|or cond)* [order by f asc|desc, …] [limit n] [offset n]`. */
import type { Operator } from '../fields/types.ts';
import type { Comparison, Condition, FunctionCall, Operand, Query } from './ast.ts';
import type { Token } from './lexer.ts';
import { syntaxError, tokenize } from './lexer.ts';
import { sure } from '../sure.ts';

const FUNCTIONS = new Set([
  'NOW',
  'TODAY',
  'YESTERDAY',
  'TOMORROW',
  'FROM_TODAY',
  'THIS_WEEK',
  'LAST_WEEK',
  'NEXT_WEEK',
  'THIS_MONTH',
  'LAST_MONTH',
  'NEXT_MONTH',
  'THIS_YEAR',
  'LAST_YEAR',
  'NEXT_YEAR',
  'LOGINUSER',
  'PRIMARY_ORGANIZATION',
]);

/** Brackets within brackets; nobody writes as many, and each takes its part of the stack. */
const MAX_DEPTH = 200;

class Reader {
  private readonly tokens: Token[];
  private position = 0;
  private depth = 0;

  constructor(query: string) {
    this.tokens = tokenize(query);
  }

  query(): Query {
    const query: Query = { condition: null, orderBy: [], limit: null, offset: null };
    if (!this.atOption() && this.peek().kind !== 'end') query.condition = this.anyOf();
    if (this.takeWord('order')) {
      if (!this.takeWord('by')) throw syntaxError();
      do {
        const field = this.take('word').text;
        const descending = this.takeWord('desc');
        if (!descending) this.takeWord('asc');
        query.orderBy.push({ field, descending });
      } while (this.takePunctuation(','));
    }
    if (this.takeWord('limit')) query.limit = this.count();
    if (this.takeWord('offset')) query.offset = this.count();
    if (this.peek().kind !== 'end') throw syntaxError();
    return query;
  }

  private peek(ahead = 0): Token {
    return sure(this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]);
  }

  private take(kind: Token['kind']): Token {
    const token = this.peek();
    if (token.kind !== kind) throw syntaxError();
    this.position += 1;
    return token;
  }

  private isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.position += 1;
    return true;
  }

  private takePunctuation(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'punctuation' || token.text !== text) return false;
    this.position += 1;
    return true;
  }

  /** A field may be called `limit` or `order`: it is an option only where a condition cannot go on. */
  private atOption(): boolean {
    if (this.isWord('order')) return this.isWord('by', 1);
    return (this.isWord('limit') || this.isWord('offset')) && this.peek(1).kind === 'number';
  }

  private count(): number {
    const text = this.take('number').text;
    if (!/^\d+$/.test(text)) throw syntaxError();
    return Number(text);
  }

  private anyOf(): Condition {
    const parts = [this.allOf()];
    while (this.takeWord('or')) parts.push(this.allOf());
    return parts.length === 1 ? sure(parts[0]) : { kind: 'or', parts };
  }

  private allOf(): Condition {
    const parts = [this.single()];
    while (this.takeWord('and')) parts.push(this.single());
    return parts.length === 1 ? sure(parts[0]) : { kind: 'and', parts };
  }

  private single(): Condition {
    if (!this.takePunctuation('(')) return this.comparison();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw syntaxError();
    const inner = this.anyOf();
    this.depth -= 1;
    if (!this.takePunctuation(')')) throw syntaxError();
    return inner;
  }

  private comparison(): Comparison {
    const field = this.take('word').text;
    const operator = this.operator();
    if (operator === 'is empty' || operator === 'is not empty') {
      return { kind: 'compare', field, operator, operands: [] };
    }
    if (operator !== 'in' && operator !== 'not in') {
      return { kind: 'compare', field, operator, operands: [this.operand()] };
    }
    if (!this.takePunctuation('(')) throw syntaxError();
    const operands: Operand[] = [];
    do operands.push(this.operand());
    while (this.takePunctuation(','));
    if (!this.takePunctuation(')')) throw syntaxError();
    return { kind: 'compare', field, operator, operands };
  }

  private operator(): Operator {
    if (this.peek().kind === 'operator') return this.take('operator').text as Operator;
    if (this.takeWord('in')) return 'in';
    if (this.takeWord('like')) return 'like';
    if (this.takeWord('not')) {
      if (this.takeWord('in')) return 'not in';
      if (this.takeWord('like')) return 'not like';
    } else if (this.takeWord('is')) {
      const negative = this.takeWord('not');
      if (this.takeWord('empty')) return negative ? 'is not empty' : 'is empty';
    }
    throw syntaxError();
  }

  private operand(): Operand {
    const token = this.peek();
    if (token.kind === 'string' || token.kind === 'number') {
      this.position += 1;
      return { kind: 'value', value: token.text };
    }
    return { kind: 'call', call: this.call() };
  }

  private call(): FunctionCall {
    const name = this.take('word').text;
    if (!FUNCTIONS.has(name) || !this.takePunctuation('(')) throw syntaxError();
    const args: string[] = [];
    while (!this.takePunctuation(')')) {
      if (args.length > 0 && !this.takePunctuation(',')) throw syntaxError();
      const token = this.peek();
      if (token.kind !== 'word' && token.kind !== 'number' && token.kind !== 'string') throw syntaxError();
      this.position += 1;
      args.push(token.text);
    }
    return { name, args };
  }
}

/** Reads a query; throws CB_VA01 for one that cannot be read. */
export function parseQuery(query: string): Query {
  return new Reader(query).query();
}
