/** Shapes of secrets that must never be shown, with the token shape of 2026 (`ghs_<app>_<JWT>`) among them. */
const secretShapes: readonly RegExp[] = [
  /gh[pousr]_[A-Za-z0-9._-]{20,}/g,
  /github_pat_[A-Za-z0-9_]{20,}/g,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /(?<=\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[^\s"']+/gi,
  /(?<=:\/\/[^\s/:@]{1,100}:)[^\s/@]+(?=@)/g,
];

/** Replaces what looks like a secret. Exact values that are known are redacted where they are known. */
export function redactSecrets(text: string): string {
  return secretShapes.reduce((cleaned, shape) => cleaned.replace(shape, '[redacted]'), text);
}
