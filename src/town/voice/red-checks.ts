import type { EventData } from '../../domain/event-types.ts';
import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

/** The repository's own checks are red, and the town has done what it could. */
export function redChecksText({ commit, checks }: EventData['ChecksFailed']): string {
  const rows = checks.map(
    ({ name, url }) => `- ${inlineUntrusted(name, 200)}${url === '' ? '' : `: ${url}`}`,
  );
  return [
    `**The repository's own checks are red** on ${commit}, and the town leaves them to people now:`,
    rows.join('\n'),
    'A review that says what to do is worked like any other.',
  ].join('\n\n');
}
