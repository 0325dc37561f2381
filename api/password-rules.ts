import type { Localized } from '../domain/texts/locale.ts';
import { words } from './problem-words.ts';

/**
 * Passwords that are easy to guess though long enough (Q44). Compared after letters that look like others are put back
 * (0→o, @→a …) and digits and signs at the ends are taken off, so that `P@ssw0rd2026!` is `password`.
 */
const COMMON = [
  'password',
  'passwd',
  'pass',
  'passphrase',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'asdf',
  'qwer',
  'abc',
  'abcd',
  'abcde',
  'abcdef',
  'abcdefg',
  'abcdefgh',
  'letmein',
  'welcome',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'testing',
  'iloveyou',
  'sunshine',
  'princess',
  'dragon',
  'monkey',
  'football',
  'baseball',
  'soccer',
  'superman',
  'batman',
  'trustno',
  'master',
  'login',
  'secret',
  'changeme',
  'default',
  'pokemon',
  'doraemon',
  'pikachu',
  'sakura',
  'himawari',
  'yamada',
  'tanaka',
  'suzuki',
  'sato',
  'satou',
  'takahashi',
  'watanabe',
  'tokyo',
  'japan',
  'nippon',
  'setagaya',
  'setagayaku',
  'gakudo',
  'gakudou',
  'jidokan',
  'jidoukan',
  'shinbop',
  'bop',
  'kodomo',
  'hogosha',
  'houkago',
  'arigatou',
  'arigato',
  'konnichiwa',
  'daisuki',
  'aishiteru',
  'tokyotower',
  'fujisan',
  'summer',
  'winter',
  'spring',
  'autumn',
  'hello',
  'helloworld',
  'internet',
  'computer',
  'windows',
  'iphone',
  'android',
  'google',
  'facebook',
];
const SEQUENCES = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
];
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Why a password cannot be used, in words for its owner; null if it can. Length is checked by the request's schema.
 * @param own what the person is known by: login, name, address, telephone
 */
export function passwordProblem(password: string, own: readonly string[]): Localized | null {
  const lower = password.normalize('NFKC').toLowerCase();
  if (new Set(lower).size < 5) return words.passwordRepeats;
  for (const part of own) {
    for (const word of part
      .normalize('NFKC')
      .toLowerCase()
      .split(/[@\s.]+/)) {
      if (word.length >= 4 && lower.includes(word)) {
        return words.passwordOwn;
      }
    }
  }
  if (isSequence(lower)) return words.passwordCommon;
  return isMadeOfCommonWords(lower) ? words.passwordCommon : null;
}

/** Made of few runs along the keyboard or the alphabet, forwards or backwards. */
function isSequence(lower: string): boolean {
  const lines = [...SEQUENCES, ...SEQUENCES.map((line) => Array.from(line).reverse().join(''))];
  let rest = lower;
  let covered = 0;
  while (rest.length >= 3) {
    const run = longestRun(rest, lines);
    if (run < 3) rest = rest.slice(1);
    else {
      covered += run;
      rest = rest.slice(run);
    }
  }
  return covered >= lower.length - 3;
}

function longestRun(text: string, lines: readonly string[]): number {
  for (let length = text.length; length >= 3; length -= 1) {
    if (lines.some((line) => line.includes(text.slice(0, length)))) return length;
  }
  return 0;
}

function isMadeOfCommonWords(lower: string): boolean {
  const stripped = lower.replace(/^[^a-z@$]+|[^a-z@$]+$/g, '');
  const letters = Array.from(stripped)
    .map((char) => LOOKS_LIKE[char] ?? char)
    .join('')
    .replace(/[^a-z]/g, '');
  return letters.length < 4 ? /^\d/.test(lower) && isDateLike(lower) : coveredByWords(letters);
}

function coveredByWords(letters: string): boolean {
  const reach = new Array<boolean>(letters.length + 1).fill(false);
  reach[0] = true;
  for (let at = 0; at < letters.length; at += 1) {
    if (reach[at] !== true) continue;
    for (const word of COMMON) if (letters.startsWith(word, at)) reach[at + word.length] = true;
  }
  return reach[letters.length] === true;
}

/** Digits that are one or two dates, as in a birthday written twice. */
function isDateLike(lower: string): boolean {
  const digits = lower.replace(/\D/g, '');
  return (
    digits.length >= lower.length - 2 &&
    /^((19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))+\d{0,4}$/.test(digits)
  );
}
