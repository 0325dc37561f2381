import { randomInt } from 'node:crypto';
import argon2 from 'argon2';

/** argon2id with OWASP's parameters (19 MiB, two passes). The hash carries them, so that they can be raised later. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A password's hash, the only form in which it is ever stored (Q44). */
export async function hashPassword(password: string): Promise<string> {
  return argon2.hash(password.normalize('NFKC'), OPTIONS);
}

/** Is this the password? False, never an error, for a hash that cannot be read. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  try {
    return await argon2.verify(hash, password.normalize('NFKC'));
  } catch {
    return false;
  }
}

let decoy: Promise<string> | undefined;

/** Takes as long as a real check, so that an unknown login cannot be told by the time of the answer (Q43). */
export async function verifyNothing(password: string): Promise<false> {
  decoy ??= hashPassword('no account has this password');
  await verifyPassword(await decoy, password);
  return false;
}

/**
 * A password to begin with: three groups of letters and digits that are not mistaken for one another, easy to type from paper
 * (74 bits).
 */
export function temporaryPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join('');
  return [group(), group(), group()].join('-');
}
