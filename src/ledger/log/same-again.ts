import { uuidToBytes } from './uuid.ts';

/** A cause as it is stored, 16 bytes for a UUID. Events of one command have one cause, so the last one is remembered. */
export function causeCells(): { toCell(cause: string): Buffer | string } {
  let last = '';
  let cell: Buffer | string = '';
  return {
    toCell(cause) {
      if (cause !== last) {
        last = cause;
        cell = uuidToBytes(cause) ?? cause;
      }
      return cell;
    },
  };
}

/** Milliseconds since 1970 as ISO 8601. Many events have the same, so the last one is remembered. */
export function timeTexts(): { toText(at: number): string } {
  let last = Number.NaN;
  let text = '';
  return {
    toText(at) {
      if (at !== last) {
        last = at;
        text = new Date(at).toISOString();
      }
      return text;
    },
  };
}
