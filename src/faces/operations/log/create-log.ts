import { type DestinationStream, type Logger, pino } from 'pino';
import { redactSecrets } from '../../../domain/text/redact-secrets.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Structured logs, one JSON object a line. Whatever looks like a secret is taken out of the finished line, wherever it stood in it;
 * `secrets` are exact values that must not be shown either.
 */
export function createLog(
  level: LogLevel,
  destination: DestinationStream,
  secrets: readonly string[] = [],
): Logger {
  const known = secrets
    .filter((secret) => secret !== '')
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (line: string) => {
        const cleaned = known.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line);
        destination.write(redactSecrets(cleaned));
      },
    },
  );
}
