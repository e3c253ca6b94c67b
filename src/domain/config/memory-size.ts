const bytesPerUnit: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** The engine starts no container with less. */
const leastBytes = 6 * 2 ** 20;

/** A memory limit as Docker writes it (`512m`, `1.5g`, `268435456`), in bytes; null for anything else or below 6 MiB. */
export function parseMemory(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([bkmg])?b?$/i.exec(text.trim());
  if (!match) return null;
  const unit = bytesPerUnit[(match[2] ?? 'b').toLowerCase()] ?? 1;
  const bytes = Math.floor(Number(match[1]) * unit);
  return Number.isSafeInteger(bytes) && bytes >= leastBytes ? bytes : null;
}
