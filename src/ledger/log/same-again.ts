import { LedgerError } from '../ledger-error.ts';
import { hexToUuid, uuidToBytes } from './uuid.ts';

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

/** The cause of a row as `EventRow` has it: a UUID's digits, or any text after a quotation mark. */
export function causeTexts(): { toText(cell: string): string } {
  let last = '';
  let text = '';
  return {
    toText(cell) {
      if (cell !== last) {
        last = cell;
        text = cell.startsWith('"') ? cell.slice(1) : hexToUuid(cell);
      }
      return text;
    },
  };
}

const minute = 60_000;

/**
 * Milliseconds since 1970 as ISO 8601. Events that follow each other are mostly of the same minute, whose text is
 * remembered: a date's own text costs as much as reading an event. Throws `broken-event` for what is no time.
 */
export function timeTexts(): { toText(at: number, position: number): string } {
  let lastMinute = Number.NaN;
  let text = '';
  return {
    toText(at, position) {
      const rest = at % minute;
      if (at - rest !== lastMinute) {
        const time = new Date(at - rest);
        if (Number.isNaN(time.getTime()) || at < 0) {
          const problems = ['at: not a time'];
          throw new LedgerError({ kind: 'broken-event', type: 'any', position, problems });
        }
        text = time.toISOString().slice(0, 17);
        lastMinute = at - rest;
      }
      const milliseconds = rest % 1_000;
      const seconds = (rest - milliseconds) / 1_000;
      return `${text}${seconds < 10 ? '0' : ''}${seconds}.${String(milliseconds).padStart(3, '0')}Z`;
    },
  };
}
