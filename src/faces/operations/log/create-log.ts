import { type DestinationStream, type Logger, pino } from 'pino';
import { redactKnown } from './redact-known.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Structured logs, one JSON object a line. Whatever looks like a secret is taken out of the finished line, wherever it stood in it;
 * `secrets` are values that must not be shown either, however they are encoded.
 */
export function createLog(
  level: LogLevel,
  destination: DestinationStream,
  secrets: readonly string[] = [],
): Logger {
  const redact = redactKnown(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (line: string) => {
        destination.write(redact(line));
      },
    },
  );
}
