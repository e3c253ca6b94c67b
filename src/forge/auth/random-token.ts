import { randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A token in the shape of GitHub Enterprise's: a prefix that tells its kind, and 36 random characters. */
export function randomToken(prefix: 'ghp_' | 'ghs_' | 'ghu_'): string {
  return prefix + Array.from({ length: 36 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
