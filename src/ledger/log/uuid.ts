import { randomUUID } from 'node:crypto';

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID version 7 (RFC 9562): 48 bits of milliseconds since 1970, then randomness. */
export function newUuidV7(clock: () => Date): string {
  const time = clock().getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Whether a text is a UUID in its canonical, lower-case form. */
export function isUuid(id: string): boolean {
  return canonical.test(id);
}

/** 16 bytes, or null for a text that is not a UUID in its canonical, lower-case form. */
export function uuidToBytes(id: string): Buffer | null {
  if (!isUuid(id)) return null;
  return Buffer.from(
    id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24),
    'hex',
  );
}

/** The UUID whose 32 hexadecimal digits a text starts with. */
export function hexToUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
